"""The two steps of a counter of spending, as Redis runs them: in one go, so that no other call comes between."""

from __future__ import annotations

from typing import Final

_KEEP = """
local function keep(key, before, seconds)
  if before ~= -1 then redis.call('EXPIRE', key, seconds) end  -- -1: a legal hold took the time to live away
end
"""

HOLD: Final = (
    _KEEP
    + """
-- KEYS: tombstone of the thread, counters. ARGV: id, now, until, tokens read, their cost, tokens wished, least, rate,
-- then per counter: limit in tokens, limit in billionths (-1: none), seconds to live, whether it is of one person.
-- Returns: the counter whose limit counted (0: none), tokens that may be written.
local id, now, read, cost = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5])
local grant, least, rate, tightest = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]), 0
local gone = redis.call('EXISTS', KEYS[1]) == 1
for i = 2, #KEYS do
  local at = 8 + (i - 2) * 4
  local most_tokens, most_cost = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local tokens, nano = 0, 0
  local all = redis.call('HGETALL', KEYS[i])
  for n = 1, #all, 2 do
    if all[n] == 'tokens' then tokens = tokens + tonumber(all[n + 1])
    elseif all[n] == 'nano' then nano = nano + tonumber(all[n + 1])
    else
      local till, held, worth = string.match(all[n + 1], '^(%S+) (%S+) (%S+)$')
      if tonumber(till) <= now then redis.call('HDEL', KEYS[i], all[n])  -- who reserved it is gone
      else tokens = tokens + tonumber(held); nano = nano + tonumber(worth) end
    end
  end
  local room = grant
  if most_tokens >= 0 then room = math.min(room, most_tokens - tokens - read) end
  if most_cost >= 0 then
    local left = most_cost - nano - cost
    if left < 0 then room = 0 elseif rate > 0 then room = math.min(room, math.floor(left / rate)) end
  end
  if room < grant then grant = room; tightest = i - 1 end
  if grant < least then return {tightest, 0} end
end
local worth = string.format('%.0f', cost + math.ceil(grant * rate))
for i = 2, #KEYS do
  local at = 8 + (i - 2) * 4
  if not (gone and ARGV[at + 4] == '1') then
    local before = redis.call('PTTL', KEYS[i])
    redis.call('HSET', KEYS[i], 'r:' .. id, ARGV[3] .. ' ' .. string.format('%.0f', read + grant) .. ' ' .. worth)
    keep(KEYS[i], before, ARGV[at + 3])
  end
end
return {tightest, grant}
"""
)

SETTLE: Final = (
    _KEEP
    + """
-- KEYS: tombstone of the thread, counters, figures. ARGV: id, tokens, cost, number of counters, seconds of the figures,
-- then per counter: seconds to live, whether it is of one person; then field and count of the figures.
local gone, counters = redis.call('EXISTS', KEYS[1]) == 1, tonumber(ARGV[4])
for i = 1, counters do
  local key, at = KEYS[i + 1], 5 + (i - 1) * 2
  local before = redis.call('PTTL', key)
  redis.call('HDEL', key, 'r:' .. ARGV[1])
  if not (gone and ARGV[at + 2] == '1') and (ARGV[2] ~= '0' or ARGV[3] ~= '0') then
    redis.call('HINCRBY', key, 'tokens', ARGV[2])
    redis.call('HINCRBY', key, 'nano', ARGV[3])
    keep(key, before, ARGV[at + 1])
  end
end
local figures = KEYS[counters + 2]
for at = 6 + counters * 2, #ARGV, 2 do redis.call('HINCRBY', figures, ARGV[at], ARGV[at + 1]) end
if #ARGV > 5 + counters * 2 then redis.call('EXPIRE', figures, ARGV[5]) end
"""
)

__all__ = ["HOLD", "SETTLE"]

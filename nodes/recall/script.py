"""The one step in which a customer's memories change in Redis."""

from __future__ import annotations

from typing import Final

CHANGE: Final = """
-- KEYS: hash, order, consents, tombstone, forgotten.
-- ARGV: now, seconds to live (0: leave the times alone), purpose, its record as seen, 1 for the customer's own change,
-- 1 where something is forgotten, seconds that this counts, its time as seen;
-- then (field, item as seen, new item or '', score) each. Scores are times at which items go.
local own = ARGV[5] == '1'
if not own then
  if redis.call('EXISTS', KEYS[4]) == 1 then return 3 end  -- the thread was erased: nothing is kept of it
  if (redis.call('HGET', KEYS[3], ARGV[3]) or '') ~= ARGV[4] then return 2 end
  if (redis.call('GET', KEYS[5]) or '') ~= ARGV[8] then return 2 end
end
for at = 9, #ARGV, 4 do
  if (redis.call('HGET', KEYS[1], ARGV[at]) or '') ~= ARGV[at + 1] then return 2 end
end
local held = redis.call('PTTL', KEYS[1]) == -1  -- a legal hold: nothing runs out or makes room
for at = 9, #ARGV, 4 do
  if ARGV[at + 2] ~= '' then
    redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 2])
    redis.call('ZADD', KEYS[2], ARGV[at + 3], ARGV[at])
  elseif own or not held then
    redis.call('HDEL', KEYS[1], ARGV[at])
    redis.call('ZREM', KEYS[2], ARGV[at])
  end
end
if ARGV[6] == '1' then redis.call('SET', KEYS[5], ARGV[1], 'EX', ARGV[7]) end
if held or ARGV[2] == '0' then return 1 end
for _, field in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do
  redis.call('HDEL', KEYS[1], field)
  redis.call('ZREM', KEYS[2], field)
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
"""
"""One step: two conversations of a customer that end at once both count, and so does a no that comes in between.
Returns 1: done; 2: something is not as it was seen, nothing was done; 3: the conversation was erased.
"""

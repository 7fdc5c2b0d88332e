"""A calculator as an MCP server over stdio; desk.yaml starts it."""

from __future__ import annotations

from mcp.server.fastmcp import FastMCP

server = FastMCP("calculator")


@server.tool()
def annuity(amount: float, years: int, percent: float) -> dict[str, float]:
    """Work out the monthly payment of a loan, and the sum of all payments."""
    rate, months = percent / 1200, years * 12
    payment = amount / months if not rate else amount * rate / (1 - (1 + rate) ** -months)
    return {"monthly": round(payment, 2), "total": round(payment * months, 2)}


if __name__ == "__main__":
    server.run()

"""A server made with the SDK's FastMCP, as people write them."""

from __future__ import annotations

from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations
from pydantic import BaseModel


class Quote(BaseModel):
    """What a parcel costs."""

    price: float
    days: int


def shop(**options: Any) -> FastMCP:
    """Return the server; ``options`` are FastMCP's."""
    server = FastMCP("shop", **options)

    @server.tool(annotations=ToolAnnotations(readOnlyHint=True))
    def quote(weight: float, country: str = "IE") -> Quote:
        """Says what a parcel costs. See https://shop.example/{prices} for **more**."""
        return Quote(price=weight * 2, days=2 if country == "IE" else 5)

    @server.tool()
    def book(weight: float) -> dict[str, str]:
        """Books a parcel."""
        if weight > 30:
            raise ValueError("too heavy")
        return {"reference": "P-1"}

    return server


if __name__ == "__main__":
    shop().run()

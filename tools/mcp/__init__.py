"""The connector for MCP servers: sessions, transports, and what their answers mean."""

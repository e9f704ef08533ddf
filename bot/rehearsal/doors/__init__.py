"""The HTTP doors that the chat page and the tests come in by; Telegram itself has none of them."""

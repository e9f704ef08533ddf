"""One file a format: each turns bytes into a draft that bot.programme.build checks and freezes."""

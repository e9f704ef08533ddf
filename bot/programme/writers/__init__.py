"""The programme as files: what a reader of bot.programme.readers makes of one is the programme again."""

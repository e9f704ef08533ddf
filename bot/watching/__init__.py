"""The address from which the programme is watched: fetched with care, and what is new in it put into the draft."""

"""Rights Line: a person asks, in their own words and language, and hears their rights."""

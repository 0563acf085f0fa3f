"""The organizers' pages: what is asked, week by week, and never who asked."""

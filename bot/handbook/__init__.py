"""What the line may say: topics, answers, reviews, sources, menus and phrases."""

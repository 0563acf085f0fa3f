"""What may be logged of an error: its type and its place, never its message."""


def describe(error: BaseException) -> str:
    """Return an error's type and place. Its message is left out, because messages quote callers."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f" at {where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
    return f"{type(error).__name__}{place}"

"""The service, for gunicorn and for `flask --app wsgi`."""

from bot.app import create_app
from bot.settings import read_settings

app = create_app(read_settings())

import requests

from close_export import settings


def signed_in(token):
    """A session that sends token and version with each request."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    session.headers["X-Version"] = settings.API_VERSION
    return session

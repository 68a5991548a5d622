import time

from close_export import settings


def wait_for(session, operation_id):
    """Asks for the operation until it has come to its end."""
    url = f"{settings.PLATFORM}/operations/{operation_id}"
    while True:
        answer = session.get(url, timeout=30)
        answer.raise_for_status()
        operation = answer.json()
        if operation["status"] in ("completed", "failed"):
            return operation
        time.sleep(settings.PAUSE_SECONDS)


def recent(session):
    """The list is another endpoint."""
    return session.get(f"{settings.PLATFORM}/operations", timeout=30).json()


def copied_files(session, operation_id):
    """So is what lies behind an operation."""
    return session.get(f"{settings.PLATFORM}/operations/{operation_id}/copyFileResults", timeout=30).json()

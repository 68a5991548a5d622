import os
import sys

from close_export import operations, session, settings


def main(document_id):
    workiva = session.signed_in(os.environ["WORKIVA_TOKEN"])
    started = workiva.post(f"{settings.PLATFORM}/documents/{document_id}/export", json={}, timeout=30)
    started.raise_for_status()
    operation_id = started.headers["Location"].rsplit("/", 1)[-1]
    operation = operations.wait_for(workiva, operation_id)
    print(operation["status"], operation["resourceUrl"])


if __name__ == "__main__":
    main(sys.argv[1])

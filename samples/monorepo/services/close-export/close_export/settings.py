"""Where the exporter talks to, and how it waits."""
import os

WORKIVA_HOST = os.environ.get("WORKIVA_HOST", "https://api.app.wdesk.com")
PLATFORM = WORKIVA_HOST + "/platform/v1"
API_VERSION = "2022-01-01"
PAUSE_SECONDS = 0.4

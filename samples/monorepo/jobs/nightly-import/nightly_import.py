"""Waits for the uploads of the evening, one after the other."""
import os
import sys
import time

from openapi_client import ApiClient, Configuration, OperationsApi

operations = OperationsApi(ApiClient(Configuration(access_token=os.environ["WORKIVA_TOKEN"])))


def wait_for(operation_id):
    for _ in range(600):
        operation = operations.get_operation_by_id(operation_id)
        if operation["status"] in ("completed", "failed", "cancelled"):
            return operation
        time.sleep(1)
    raise TimeoutError(operation_id)


if __name__ == "__main__":
    for operation_id in sys.argv[1:]:
        print(operation_id, wait_for(operation_id)["status"])

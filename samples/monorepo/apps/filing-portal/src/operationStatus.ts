import { workiva } from "./workiva";

export interface Operation {
  id: string;
  status: string;
  resourceUrl: string | null;
}

const ended = new Set(["completed", "failed", "cancelled"]);

/** Waits for an operation at the pace that the platform asks for. */
export async function untilEnded(operationId: string): Promise<Operation> {
  for (;;) {
    const answer = await workiva.get<Operation>(`/operations/${operationId}`);
    if (ended.has(answer.data.status)) return answer.data;
    const seconds = Number(answer.headers["retry-after"] ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

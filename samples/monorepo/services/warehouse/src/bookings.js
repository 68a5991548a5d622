const archive = "https://warehouse.larkfield.example";

export const bookings = {
  /** Looks an old operation up in the archive. */
  async find(id) {
    const answer = await fetch(`${archive}/operations/${id}`);
    return answer.json();
  },
};

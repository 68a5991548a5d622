#ifndef CBYTESCAN_H
#define CBYTESCAN_H

#include <stddef.h>
#include <stdint.h>

#define LASTCALL_WINDOW 3
#define LASTCALL_HEADS 4096

/// `memmem(3)`: a GNU extension that the plain Glibc import does not show.
const void *_Nullable lastcall_memmem(
    const void *_Nonnull haystack, size_t haystack_length,
    const void *_Nonnull needle, size_t needle_length);

/// `memrchr(3)`, likewise.
const void *_Nullable lastcall_memrchr(
    const void *_Nonnull haystack, int byte, size_t haystack_length);

/// How many bytes from the beginning are well-formed UTF-8 (Unicode, table 3-7).
size_t lastcall_utf8_prefix(const uint8_t *_Nonnull bytes, size_t length);

/// One text of a set, known by three of its bytes, its window.
typedef struct {
    /// The window's bytes, the first lowest, each with bit 0x20 set.
    uint32_t window;
    /// Where in the set's texts it begins, in bytes.
    uint32_t text;
    uint32_t length;
    /// How many of its bytes precede the window.
    uint32_t lead;
    /// One more than the index of the next literal in the same slot of `heads`; 0 for none.
    uint16_t next;
    /// Whether ASCII letters match in both cases; the text is then in lower case.
    uint8_t folds_case;
} lastcall_literal;

/// Literals made ready for searching. All pointers are borrowed.
typedef struct {
    /// For each byte of the window a table for its low and one for its high half: which of eight
    /// buckets have a window with such a byte there.
    const uint8_t *_Nonnull masks;
    /// `LASTCALL_HEADS` slots: one more than the index of the first literal; 0 for none.
    const uint16_t *_Nonnull heads;
    const lastcall_literal *_Nonnull literals;
    const uint8_t *_Nonnull texts;
    /// The bits of all literals.
    uint64_t all[4];
} lastcall_literal_set;

/// The slot of `heads` of a window.
static inline uint32_t lastcall_slot(uint32_t window) {
    return (window * 2654435761u) >> 20;
}

/// Sets the bit of each literal that occurs in `bytes`; stops where all were seen.
void lastcall_find_literals(
    const lastcall_literal_set *_Nonnull set, const uint8_t *_Nonnull bytes, size_t length,
    uint64_t *_Nonnull hits);

/// The same without vector instructions: what the vector code is measured and tested against.
void lastcall_find_literals_plainly(
    const lastcall_literal_set *_Nonnull set, const uint8_t *_Nonnull bytes, size_t length,
    uint64_t *_Nonnull hits);

#endif

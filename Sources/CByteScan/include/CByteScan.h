#ifndef CBYTESCAN_H
#define CBYTESCAN_H

#include <stddef.h>
#include <stdint.h>

#define LASTCALL_WINDOW 3
#define LASTCALL_HEADS 4096
#define LASTCALL_WINDOWS 65536

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
    /// The bit of the hits that it sets; several literals may share one.
    uint8_t bit;
} lastcall_literal;

/// Literals made ready for searching. All pointers are borrowed.
typedef struct {
    /// For each byte of the window a table for its low and one for its high half: which of eight
    /// buckets have a window with such a byte there.
    const uint8_t *_Nonnull masks;
    /// `LASTCALL_WINDOWS` bits: which hashes of windows there are. Small enough for the nearest cache, so that a set
    /// of a thousand literals is asked where few of them can be.
    const uint64_t *_Nonnull windows;
    /// `LASTCALL_HEADS` slots: one more than the index of the first literal; 0 for none.
    const uint16_t *_Nonnull heads;
    const lastcall_literal *_Nonnull literals;
    const uint8_t *_Nonnull texts;
    /// The bits that literals with a window set.
    uint64_t all[4];
} lastcall_literal_set;

/// The bit of `windows` of a window.
static inline uint32_t lastcall_window_bit(uint32_t window) {
    return (window * 2654435761u) >> 16;
}

/// The slot of `heads` of a window.
static inline uint32_t lastcall_slot(uint32_t window) {
    return lastcall_window_bit(window) >> 4;
}

/// Sets the bit of each literal that occurs in `bytes`; stops where all were seen.
void lastcall_find_literals(
    const lastcall_literal_set *_Nonnull set, const uint8_t *_Nonnull bytes, size_t length,
    uint64_t *_Nonnull hits);

/// The same without vector instructions: what the vector code is measured and tested against.
void lastcall_find_literals_plainly(
    const lastcall_literal_set *_Nonnull set, const uint8_t *_Nonnull bytes, size_t length,
    uint64_t *_Nonnull hits);

/// Up to eight sorts of three bytes in a row, a bit for each.
typedef struct {
    /// For each byte the sorts that have it in their first place.
    uint8_t first[256];
    uint8_t second[256];
    uint8_t third[256];
    /// The same by the low and by the high half of a byte, sixteen each, for the three places.
    uint8_t halves[96];
} lastcall_triples;

/// The first place at or after `from` where three bytes of one sort stand, all of them within
/// `length`; `length` where none do.
size_t lastcall_find_triple(
    const lastcall_triples *_Nonnull triples, const uint8_t *_Nonnull bytes, size_t length,
    size_t from);

/// The same without vector instructions.
size_t lastcall_find_triple_plainly(
    const lastcall_triples *_Nonnull triples, const uint8_t *_Nonnull bytes, size_t length,
    size_t from);

/// The first place where one of three bytes stands; `length` where none does.
size_t lastcall_find_any(
    const uint8_t *_Nonnull bytes, size_t length, uint8_t a, uint8_t b, uint8_t c);

/// How many lines end in `bytes`, which begin with a line, and how many of these have nothing on
/// them but perhaps a carriage return.
void lastcall_count_lines(
    const uint8_t *_Nonnull bytes, size_t length, size_t *_Nonnull all, size_t *_Nonnull blank);

/// The same without vector instructions.
void lastcall_count_lines_plainly(
    const uint8_t *_Nonnull bytes, size_t length, size_t *_Nonnull all, size_t *_Nonnull blank);

/// A digest of 128 bits in the making, the same however the content is cut; not cryptographic.
typedef struct {
    uint64_t products[4];
    uint64_t sums[4];
    uint64_t length;
    uint8_t pending[64];
} lastcall_digest;

/// Begins a digest of nothing.
void lastcall_digest_begin(lastcall_digest *_Nonnull digest);

/// Takes in more content.
void lastcall_digest_take(
    lastcall_digest *_Nonnull digest, const uint8_t *_Nonnull bytes, size_t length);

/// The digest of all that was taken in.
void lastcall_digest_end(
    const lastcall_digest *_Nonnull digest, uint64_t *_Nonnull high, uint64_t *_Nonnull low);

#endif

#include "CByteScan.h"
#include <string.h>

// Counting lines and looking for three bytes in a row that sets allow, many places at a time where
// the machine has AVX2. What is mostly near, a field's or a text's end, is looked for sixteen places
// at a time, by what every x86-64 has.

static void count_plainly(
    const uint8_t *bytes, size_t length, size_t from, size_t *all, size_t *blank) {
    for (size_t i = from; i < length; i++) {
        if (bytes[i] != '\n') continue;
        ++*all;
        size_t end = i > 0 && bytes[i - 1] == '\r' ? i - 1 : i;
        if (end == 0 || bytes[end - 1] == '\n') ++*blank;
    }
}

static inline int stands(const lastcall_triples *triples, const uint8_t *at) {
    return triples->first[at[0]] & triples->second[at[1]] & triples->third[at[2]];
}

static size_t find_plainly(
    const lastcall_triples *triples, const uint8_t *bytes, size_t length, size_t from) {
    for (size_t i = from; i + 2 < length; i++) {
        if (stands(triples, bytes + i)) return i;
    }
    return length;
}

void lastcall_count_lines_plainly(
    const uint8_t *bytes, size_t length, size_t *all, size_t *blank) {
    *all = 0;
    *blank = 0;
    count_plainly(bytes, length, 0, all, blank);
}

size_t lastcall_find_triple_plainly(
    const lastcall_triples *triples, const uint8_t *bytes, size_t length, size_t from) {
    return find_plainly(triples, bytes, length, from);
}

#if defined(__x86_64__)

#include <immintrin.h>
#define VECTOR __attribute__((target("avx2,popcnt")))

VECTOR static inline uint64_t places(const uint8_t *at, __m256i byte) {
    __m256i low = _mm256_loadu_si256((const __m256i *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
    uint64_t low_places = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, byte));
    uint64_t high_places = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, byte));
    return low_places | high_places << 32;
}

VECTOR static size_t count_in_vectors(
    const uint8_t *bytes, size_t length, size_t *all, size_t *blank) {
    const __m256i newline = _mm256_set1_epi8('\n'), carriage_return = _mm256_set1_epi8('\r');
    // Whether the byte before the block ends a line, or is a carriage return at a line's begin.
    uint64_t ended = 1, returned = 0;
    size_t i = 0, lines = 0, blanks = 0;
    for (; i + 64 <= length; i += 64) {
        uint64_t ends = places(bytes + i, newline);
        uint64_t begins = ends << 1 | ended;
        uint64_t returns = places(bytes + i, carriage_return) & begins;
        blanks += (size_t)__builtin_popcountll(ends & (begins | returns << 1 | returned));
        lines += (size_t)__builtin_popcountll(ends);
        ended = ends >> 63;
        returned = returns >> 63;
    }
    *all = lines;
    *blank = blanks;
    return i;
}

VECTOR static inline __m256i table(const uint8_t *from) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)from));
}

/// For each place of a block the sets that have its byte, by the byte's two halves.
VECTOR static inline __m256i sets(const uint8_t *at, __m256i low, __m256i high) {
    const __m256i half = _mm256_set1_epi8(0x0F);
    __m256i bytes = _mm256_loadu_si256((const __m256i *)at);
    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
}

VECTOR static size_t find_in_vectors(
    const lastcall_triples *triples, const uint8_t *bytes, size_t length, size_t from) {
    const uint8_t *halves = triples->halves;
    const __m256i low0 = table(halves), high0 = table(halves + 16), low1 = table(halves + 32),
                  high1 = table(halves + 48), low2 = table(halves + 64), high2 = table(halves + 80);
    size_t i = from;
    for (; i + 34 <= length; i += 32) {
        const uint8_t *at = bytes + i;
        __m256i found = _mm256_and_si256(
            _mm256_and_si256(sets(at, low0, high0), sets(at + 1, low1, high1)),
            sets(at + 2, low2, high2));
        if (_mm256_testz_si256(found, found)) continue;
        uint32_t none = (uint32_t)_mm256_movemask_epi8(
            _mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
        for (uint32_t hits = ~none; hits != 0; hits &= hits - 1) {
            size_t place = (size_t)__builtin_ctz(hits);
            if (stands(triples, at + place)) return i + place;
        }
    }
    return find_plainly(triples, bytes, length, i);
}

#endif

void lastcall_count_lines(const uint8_t *bytes, size_t length, size_t *all, size_t *blank) {
    size_t done = 0;
    *all = 0;
    *blank = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) done = count_in_vectors(bytes, length, all, blank);
#endif
    count_plainly(bytes, length, done, all, blank);
}

size_t lastcall_find_triple(
    const lastcall_triples *triples, const uint8_t *bytes, size_t length, size_t from) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return find_in_vectors(triples, bytes, length, from);
#endif
    return find_plainly(triples, bytes, length, from);
}

size_t lastcall_find_any(const uint8_t *bytes, size_t length, uint8_t a, uint8_t b, uint8_t c) {
    size_t i = 0;
#if defined(__x86_64__)
    const __m128i first = _mm_set1_epi8((char)a), second = _mm_set1_epi8((char)b),
                  third = _mm_set1_epi8((char)c);
    for (; i + 16 <= length; i += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + i));
        __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second)),
            _mm_cmpeq_epi8(block, third));
        int places = _mm_movemask_epi8(found);
        if (places != 0) return i + (size_t)__builtin_ctz((unsigned)places);
    }
#endif
    for (; i < length; i++) {
        if (bytes[i] == a || bytes[i] == b || bytes[i] == c) return i;
    }
    return length;
}

#include "CByteScan.h"
#include <string.h>

// Windows of three bytes are looked for sixteen places at a time: a shuffle turns each half of a
// byte into the set of buckets that have it there, and what is left after all six is a candidate
// (the idea is Teddy's, of Hyperscan). A candidate is looked up by its window and then compared.

typedef struct {
    const lastcall_literal_set *set;
    const uint8_t *bytes;
    size_t length;
    uint64_t *hits;
} search;

static inline uint8_t lower(uint8_t byte) {
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static int stands_at(const search *s, const lastcall_literal *literal, size_t start) {
    const uint8_t *text = s->set->texts + literal->text;
    const uint8_t *bytes = s->bytes + start;
    if (!literal->folds_case) return memcmp(bytes, text, literal->length) == 0;
    for (size_t i = 0; i < literal->length; i++) {
        if (lower(bytes[i]) != text[i]) return 0;
    }
    return 1;
}

/// Compares the literals whose window may stand at `place`; answers whether any was new.
static inline int look(const search *s, size_t place) {
    const uint8_t *at = s->bytes + place;
    uint32_t window = ((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16) | 0x202020u;
    uint32_t hash = lastcall_window_bit(window);
    if ((s->set->windows[hash >> 6] >> (hash & 63) & 1) == 0) return 0;
    uint16_t next = s->set->heads[lastcall_slot(window)];
    int is_new = 0;
    while (next != 0) {
        uint32_t index = next - 1;
        const lastcall_literal *literal = s->set->literals + index;
        next = literal->next;
        if (literal->window != window || place < literal->lead) continue;
        uint64_t bit = (uint64_t)1 << (literal->bit & 63);
        if (s->hits[literal->bit >> 6] & bit) continue;
        size_t start = place - literal->lead;
        if (s->length - start < literal->length || !stands_at(s, literal, start)) continue;
        s->hits[literal->bit >> 6] |= bit;
        is_new = 1;
    }
    return is_new;
}

static inline int is_done(const search *s) {
    return s->hits[0] == s->set->all[0] && s->hits[1] == s->set->all[1] &&
           s->hits[2] == s->set->all[2] && s->hits[3] == s->set->all[3];
}

static void find_plainly(const search *s) {
    for (size_t place = 0; place + LASTCALL_WINDOW <= s->length; place++) {
        if (look(s, place) && is_done(s)) return;
    }
}

void lastcall_find_literals_plainly(
    const lastcall_literal_set *set, const uint8_t *bytes, size_t length, uint64_t *hits) {
    search s = {set, bytes, length, hits};
    find_plainly(&s);
}

#if defined(__x86_64__)

#include <immintrin.h>
#define VECTOR __attribute__((target("avx2")))
#define WIDTH 32
typedef __m256i bytes_vector;
typedef uint32_t places;

VECTOR static inline bytes_vector table(const uint8_t *from) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)from));
}

VECTOR static inline bytes_vector buckets(
    const uint8_t *at, bytes_vector low_table, bytes_vector high_table) {
    bytes_vector value = _mm256_loadu_si256((const __m256i *)at);
    bytes_vector half = _mm256_set1_epi8(0x0F);
    bytes_vector low = _mm256_and_si256(value, half);
    bytes_vector high = _mm256_and_si256(_mm256_srli_epi16(value, 4), half);
    return _mm256_and_si256(
        _mm256_shuffle_epi8(low_table, low), _mm256_shuffle_epi8(high_table, high));
}

VECTOR static inline bytes_vector both(bytes_vector a, bytes_vector b) {
    return _mm256_and_si256(a, b);
}

VECTOR static inline places candidates(bytes_vector found) {
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
}

#define PLACE(bits) ((size_t)__builtin_ctz(bits))
#define WITHOUT_FIRST(bits) ((bits) & ((bits) - 1))

static int has_vectors(void) { return __builtin_cpu_supports("avx2"); }

#elif defined(__aarch64__) && !defined(__ARM_BIG_ENDIAN)

#include <arm_neon.h>
#define VECTOR
#define WIDTH 16
typedef uint8x16_t bytes_vector;
typedef uint64_t places;

static inline bytes_vector table(const uint8_t *from) { return vld1q_u8(from); }

static inline bytes_vector buckets(
    const uint8_t *at, bytes_vector low_table, bytes_vector high_table) {
    bytes_vector value = vld1q_u8(at);
    return vandq_u8(
        vqtbl1q_u8(low_table, vandq_u8(value, vdupq_n_u8(0x0F))),
        vqtbl1q_u8(high_table, vshrq_n_u8(value, 4)));
}

static inline bytes_vector both(bytes_vector a, bytes_vector b) { return vandq_u8(a, b); }

/// Four bits for each place.
static inline places candidates(bytes_vector found) {
    uint8x16_t set = vtstq_u8(found, found);
    return vget_lane_u64(
        vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(set), 4)), 0);
}

#define PLACE(bits) ((size_t)(__builtin_ctzll(bits) >> 2))
#define WITHOUT_FIRST(bits) ((bits) & ~((uint64_t)15 << (__builtin_ctzll(bits) & ~3)))

static int has_vectors(void) { return 1; }

#endif

#if defined(VECTOR)

VECTOR static void find_in_vectors(const search *s) {
    const uint8_t *masks = s->set->masks;
    bytes_vector low0 = table(masks), high0 = table(masks + 16);
    bytes_vector low1 = table(masks + 32), high1 = table(masks + 48);
    bytes_vector low2 = table(masks + 64), high2 = table(masks + 80);
    size_t last = s->length - (WIDTH + LASTCALL_WINDOW - 1);
    size_t place = 0;
    for (;;) {
        const uint8_t *at = s->bytes + place;
        bytes_vector found = both(
            both(buckets(at, low0, high0), buckets(at + 1, low1, high1)),
            buckets(at + 2, low2, high2));
        for (places bits = candidates(found); bits != 0; bits = WITHOUT_FIRST(bits)) {
            if (look(s, place + PLACE(bits)) && is_done(s)) return;
        }
        if (place == last) return;
        // The last block overlaps the one before it.
        place = last - place < WIDTH ? last : place + WIDTH;
    }
}

#endif

void lastcall_find_literals(
    const lastcall_literal_set *set, const uint8_t *bytes, size_t length, uint64_t *hits) {
    search s = {set, bytes, length, hits};
#if defined(VECTOR)
    if (length >= WIDTH + LASTCALL_WINDOW - 1 && has_vectors()) {
        find_in_vectors(&s);
        return;
    }
#endif
    find_plainly(&s);
}

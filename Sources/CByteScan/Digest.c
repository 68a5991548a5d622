#include "CByteScan.h"
#include <string.h>

// Four lanes of multiply-and-fold over blocks of sixty-four bytes. Each lane has a second word to
// which all of its bytes are added, so that a product of zero loses nothing.

static const uint64_t keys[4] = {
    0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu, 0x8EBC6AF09C88C6E3u, 0x589965CC75374CC3u};

static inline uint64_t folded(uint64_t left, uint64_t right) {
    unsigned __int128 product = (unsigned __int128)left * right;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t turned(uint64_t value, int by) { return value << by | value >> (64 - by); }

/// Eight bytes, the first lowest on every machine.
static inline uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

static inline void absorb(uint64_t products[4], uint64_t sums[4], const uint8_t *block) {
    for (int lane = 0; lane < 4; lane++) {
        uint64_t low = word(block + 16 * lane), high = word(block + 16 * lane + 8);
        sums[lane] = turned(sums[lane], 27) + (low ^ turned(high, 32)) + products[lane];
        products[lane] = folded(products[lane] ^ low, high ^ keys[lane]) + turned(products[lane], 17);
    }
}

void lastcall_digest_begin(lastcall_digest *digest) {
    memset(digest, 0, sizeof *digest);
    for (int lane = 0; lane < 4; lane++) {
        digest->products[lane] = keys[(lane + 1) & 3];
        digest->sums[lane] = ~keys[lane];
    }
}

void lastcall_digest_take(lastcall_digest *digest, const uint8_t *bytes, size_t length) {
    size_t held = digest->length & 63;
    digest->length += length;
    if (held > 0) {
        size_t taken = 64 - held < length ? 64 - held : length;
        memcpy(digest->pending + held, bytes, taken);
        if (held + taken < 64) return;
        absorb(digest->products, digest->sums, digest->pending);
        bytes += taken;
        length -= taken;
    }
    uint64_t products[4], sums[4];
    memcpy(products, digest->products, sizeof products);
    memcpy(sums, digest->sums, sizeof sums);
    for (; length >= 64; length -= 64, bytes += 64) absorb(products, sums, bytes);
    memcpy(digest->products, products, sizeof products);
    memcpy(digest->sums, sums, sizeof sums);
    memcpy(digest->pending, bytes, length);
}

static inline uint64_t finished(uint64_t value) {
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCDu;
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53u;
    return value ^ value >> 33;
}

void lastcall_digest_end(const lastcall_digest *digest, uint64_t *high, uint64_t *low) {
    uint64_t products[4], sums[4];
    uint8_t block[64] = {0};
    memcpy(products, digest->products, sizeof products);
    memcpy(sums, digest->sums, sizeof sums);
    memcpy(block, digest->pending, digest->length & 63);
    absorb(products, sums, block);
    uint64_t first = digest->length, second = ~(uint64_t)digest->length;
    for (int lane = 0; lane < 4; lane++) {
        first = finished(first ^ products[lane]) + sums[lane];
        second = finished(second + sums[lane]) ^ products[lane];
    }
    *high = finished(first);
    *low = finished(second + first);
}

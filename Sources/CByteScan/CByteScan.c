#define _GNU_SOURCE
#include "CByteScan.h"
#include <string.h>

const void *lastcall_memmem(
    const void *haystack, size_t haystack_length, const void *needle, size_t needle_length) {
    return memmem(haystack, haystack_length, needle, needle_length);
}

const void *lastcall_memrchr(const void *haystack, int byte, size_t haystack_length) {
#if defined(__linux__)
    return memrchr(haystack, byte, haystack_length);
#else
    const uint8_t *bytes = haystack;
    while (haystack_length > 0) {
        if (bytes[--haystack_length] == (uint8_t)byte) return bytes + haystack_length;
    }
    return NULL;
#endif
}

static inline int is_ascii(const uint8_t *bytes) {
    uint64_t words[4];
    memcpy(words, bytes, sizeof words);
    return ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u) == 0;
}

static inline int continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

size_t lastcall_utf8_prefix(const uint8_t *bytes, size_t length) {
    size_t i = 0;
    while (i < length) {
        uint8_t lead = bytes[i];
        size_t left = length - i;
        if (lead < 0x80) {
            while (left >= 32 && is_ascii(bytes + i)) {
                i += 32;
                left -= 32;
            }
            while (i < length && bytes[i] < 0x80) i++;
        } else if (lead >= 0xC2 && lead <= 0xDF) {
            if (left < 2 || !continues(bytes[i + 1])) return i;
            i += 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            if (left < 3 || !continues(bytes[i + 1]) || !continues(bytes[i + 2])) return i;
            if (lead == 0xE0 && bytes[i + 1] < 0xA0) return i;
            if (lead == 0xED && bytes[i + 1] > 0x9F) return i;
            i += 3;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            if (left < 4 || !continues(bytes[i + 1]) || !continues(bytes[i + 2]) ||
                !continues(bytes[i + 3]))
                return i;
            if (lead == 0xF0 && bytes[i + 1] < 0x90) return i;
            if (lead == 0xF4 && bytes[i + 1] > 0x8F) return i;
            i += 4;
        } else {
            return i;
        }
    }
    return length;
}

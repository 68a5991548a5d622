#ifndef CBYTESCAN_H
#define CBYTESCAN_H

#include <stddef.h>

/// `memmem(3)`: a GNU extension that the plain Glibc import does not show.
const void *_Nullable lastcall_memmem(
    const void *_Nonnull haystack, size_t haystack_length,
    const void *_Nonnull needle, size_t needle_length);

#endif

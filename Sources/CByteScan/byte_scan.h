#pragma once
// Compare masks over 16 bytes at a time: what Swift cannot express as well. No state, no allocation.

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// The place of the first byte in [from, end) that ends or troubles an XML attribute value in double quotes: `"`, `&`, `<` or a control
/// character below space; `end` where there is none.
static inline const uint8_t *_Nonnull weir_value_end(const uint8_t *_Nonnull from, const uint8_t *_Nonnull end) {
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), ampersand = _mm_set1_epi8('&'), less = _mm_set1_epi8('<'), control = _mm_set1_epi8(0x1F);
    while (end - from >= 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)from);
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, ampersand));
        found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, less));
        found = _mm_or_si128(found, _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
        const unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask) return from + __builtin_ctz(mask);
        from += 16;
    }
#endif
    while (from < end && *from != '"' && *from != '&' && *from != '<' && *from >= 0x20) from++;
    return from;
}

/// One bit for each of the `count` bytes from `from` on, at most 64, that may end a field of delimited text: the delimiter, `"`, a line feed
/// or a carriage return; the first byte is the lowest bit. `beyond` becomes other than 0 where one of the bytes is not ASCII.
static inline uint64_t weir_field_marks(const uint8_t *_Nonnull from, long count, uint8_t delimiter, int *_Nonnull beyond) {
    uint64_t marks = 0;
#if defined(__SSE2__)
    if (count >= 64) {
        const __m128i mark = _mm_set1_epi8((char)delimiter), quote = _mm_set1_epi8('"'), feed = _mm_set1_epi8('\n'),
                      carriage = _mm_set1_epi8('\r');
        __m128i all = _mm_setzero_si128();
        for (int part = 0; part < 4; part++) {
            const __m128i bytes = _mm_loadu_si128((const __m128i *)from + part);
            __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, mark), _mm_cmpeq_epi8(bytes, quote));
            found = _mm_or_si128(found, _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, carriage)));
            marks |= (uint64_t)(unsigned)_mm_movemask_epi8(found) << (16 * part);
            all = _mm_or_si128(all, bytes);
        }
        *beyond |= _mm_movemask_epi8(all);
        return marks;
    }
#endif
    for (long place = 0; place < count && place < 64; place++) {
        const uint8_t byte = from[place];
        if (byte == delimiter || byte == '"' || byte == '\n' || byte == '\r') marks |= (uint64_t)1 << place;
        *beyond |= byte & 0x80;
    }
    return marks;
}

/// Whether `length` bytes are the same at both places.
static inline int weir_same(const uint8_t *_Nonnull left, const uint8_t *_Nonnull right, long length) {
    if (length < 4) {
        for (long place = 0; place < length; place++) {
            if (left[place] != right[place]) return 0;
        }
        return 1;
    }
    if (length < 8) {
        uint32_t a, b, c, d;
        memcpy(&a, left, 4);
        memcpy(&b, right, 4);
        memcpy(&c, left + length - 4, 4);
        memcpy(&d, right + length - 4, 4);
        return ((a ^ b) | (c ^ d)) == 0;
    }
    uint64_t a, b;
    for (long place = 0; place + 8 <= length; place += 8) {
        memcpy(&a, left + place, 8);
        memcpy(&b, right + place, 8);
        if (a != b) return 0;
    }
    memcpy(&a, left + length - 8, 8);
    memcpy(&b, right + length - 8, 8);
    return a == b;
}

/// How many of `length` bytes are the same at both places before the first that differs.
static inline long weir_common(const uint8_t *_Nonnull left, const uint8_t *_Nonnull right, long length) {
    long place = 0;
#if defined(__SSE2__)
    while (place + 16 <= length) {
        const __m128i a = _mm_loadu_si128((const __m128i *)(left + place)), b = _mm_loadu_si128((const __m128i *)(right + place));
        const unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
        if (same != 0xFFFF) return place + __builtin_ctz(~same);
        place += 16;
    }
#endif
    while (place < length && left[place] == right[place]) place++;
    return place;
}

/// A number made of `length` bytes, by which texts are told apart at first: eight bytes a step, the last step from the end.
static inline uint64_t weir_hash(const uint8_t *_Nonnull bytes, long length) {
    uint64_t state = 0x9E3779B97F4A7C15 ^ (uint64_t)length, part = 0;
    if (length >= 8) {
        for (long place = 0; place + 8 < length; place += 8) {
            memcpy(&part, bytes + place, 8);
            const unsigned __int128 product = (unsigned __int128)(state ^ part) * 0xD6E8FEB86659FD93;
            state = (uint64_t)(product >> 64) ^ (uint64_t)product;
        }
        memcpy(&part, bytes + length - 8, 8);
    } else if (length >= 4) {
        uint32_t low, high;
        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + length - 4, 4);
        part = (uint64_t)high << 32 | low;
    } else if (length > 0) {
        part = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[length >> 1] << 8 | bytes[length - 1];
    }
    const unsigned __int128 product = (unsigned __int128)(state ^ part) * 0xD6E8FEB86659FD93;
    return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// The first place of `wanted` in `count` bytes, or null. (The C library has it, where Swift does not see it.)
void *_Nullable memmem(const void *_Nonnull bytes, size_t count, const void *_Nonnull wanted, size_t length);

void *_Nullable mremap(void *_Nonnull old, size_t length, size_t wanted, int flags, ...);

/// Memory of the system with room for more, which may move; `MAP_FAILED` where there is none. (Swift does not see the function of the system.)
static inline void *_Nullable weir_remap(void *_Nonnull old, size_t length, size_t wanted) {
    return mremap(old, length, wanted, 1 /* MREMAP_MAYMOVE */);
}

/// The first byte in [from, end) that is not ASCII; `end` where all are.
static inline const uint8_t *_Nonnull weir_ascii_end(const uint8_t *_Nonnull from, const uint8_t *_Nonnull end) {
#if defined(__SSE2__)
    while (end - from >= 64) {
        const __m128i *block = (const __m128i *)from;
        const __m128i all = _mm_or_si128(
            _mm_or_si128(_mm_loadu_si128(block), _mm_loadu_si128(block + 1)),
            _mm_or_si128(_mm_loadu_si128(block + 2), _mm_loadu_si128(block + 3)));
        if (_mm_movemask_epi8(all)) break;
        from += 64;
    }
#endif
    while (from < end && *from < 0x80) from++;
    return from;
}

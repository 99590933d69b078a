#pragma once
#include <stdint.h>

/// What a run of the bare loop did.
typedef struct {
    /// Arrivals and completions handled.
    int64_t events;
    /// The mean time a case spent in the system, in seconds.
    double mean_time;
} weir_loop_outcome;

/// Two stations of three servers each in a row, exponential gaps (mean 100 s) and services (mean 240 s), nothing else: no calendars, no
/// records, no results but a mean. The upper bound that the engine is held against.
weir_loop_outcome weir_bare_tandem(int64_t cases, uint64_t seed);

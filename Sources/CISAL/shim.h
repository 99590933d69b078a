#pragma once
// ISA-L's inflate behind a handle: its state is a struct of large tables that is of no use to see.

#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>

/// What one step of inflating did.
typedef struct {
    /// Bytes taken from the input.
    uint32_t taken;
    /// Bytes written to the output.
    uint32_t written;
    /// Whether the gzip member has ended and its checksum was right.
    int is_finished;
    /// ISA-L's answer: 0, or a negative number for an error.
    int status;
} weir_inflate_step_outcome;

/// A state at the beginning of a gzip member, or null where there is no memory.
static inline void *_Nullable weir_inflate_new(void) {
    struct inflate_state *state = malloc(sizeof(struct inflate_state));
    if (state) {
        isal_inflate_init(state);
        state->crc_flag = ISAL_GZIP;
    }
    return state;
}

/// Takes the state to the beginning of a gzip member.
static inline void weir_inflate_reset(void *_Nonnull handle) {
    struct inflate_state *state = handle;
    isal_inflate_reset(state);
    state->crc_flag = ISAL_GZIP;
}

/// Frees a state.
static inline void weir_inflate_free(void *_Nonnull handle) { free(handle); }

/// Inflates what fits.
static inline weir_inflate_step_outcome weir_inflate_step(
    void *_Nonnull handle, const uint8_t *_Nullable input, uint32_t available, uint8_t *_Nonnull output, uint32_t room) {
    struct inflate_state *state = handle;
    state->next_in = (uint8_t *)input;
    state->avail_in = available;
    state->next_out = output;
    state->avail_out = room;
    const int status = isal_inflate(state);
    weir_inflate_step_outcome outcome = {
        available - state->avail_in, room - state->avail_out, state->block_state == ISAL_BLOCK_FINISH, status};
    return outcome;
}

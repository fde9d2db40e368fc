package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where among the worker processes of a run a case was shown. The cases of a process, in their order, are its history: what a
 * process dies of may lie there.
 *
 * @param process number of the process, in the order in which they were started, from 1
 * @param place how many cases it had been shown with this one, from 1
 */
public record Seat(
        @JsonProperty(required = true) int process,
        @JsonProperty(required = true) int place) {
    /** As counted by a run that goes on after this many processes. */
    public Seat after(int processes) {
        return new Seat(process + processes, place);
    }
}

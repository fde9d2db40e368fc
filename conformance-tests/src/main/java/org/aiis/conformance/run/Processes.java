package org.aiis.conformance.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.evidence.Seat;

/** What each worker process of a run was shown, in order. */
final class Processes {
    private final Map<String, Seat> seats;
    private final Map<Integer, SortedMap<Integer, String>> shown = new HashMap<>();

    /** @param seats by case */
    Processes(Map<String, Seat> seats) {
        this.seats = Map.copyOf(seats);
        seats.forEach((id, seat) ->
                shown.computeIfAbsent(seat.process(), p -> new TreeMap<>()).put(seat.place(), id));
    }

    /** The cases that the process of a case was shown before it, in order; none where nothing is known of its process. */
    List<String> before(String id) {
        Seat seat = seats.get(id);
        SortedMap<Integer, String> all = seat == null ? null : shown.get(seat.process());
        return seat == null || all == null
                ? List.of()
                : List.copyOf(all.headMap(seat.place()).values());
    }
}

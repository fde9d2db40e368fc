package org.aiis.conformance.backend.faulty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;

/**
 * The faults that an argument names: {@code NAME}, or {@code NAME+NAME} for several at once, or {@code NAME+NAME/NAME} where
 * those behind the slash sit in the core of the runtime: a system under test has all of them, and its CPU provider has those
 * behind the slash alone.
 *
 * @param cored whether there is a slash
 */
record Composition(List<Fault.Named> own, List<Fault.Named> core, boolean cored) {
    Composition {
        own = List.copyOf(own);
        core = List.copyOf(core);
    }

    static Composition of(String argument) {
        int slash = argument.indexOf('/');
        return slash < 0
                ? new Composition(named(argument), List.of(), false)
                : new Composition(named(argument.substring(0, slash)), named(argument.substring(slash + 1)), true);
    }

    private static List<Fault.Named> named(String names) {
        return Arrays.stream(names.split("\\+", -1)).map(Composition::one).toList();
    }

    private static Fault.Named one(String name) {
        return Faults.all().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InputException.of(
                        "unknown fault '" + name + "'",
                        Nearest.hint(
                                name,
                                Faults.all().stream().map(Fault.Named::name).toList())));
    }

    /** Whether one of them sits in the optimiser. */
    boolean optimised() {
        return all().anyMatch(Fault.Named::ofOptimiser);
    }

    /** Fresh faults; those of the optimiser are gone where it is off. */
    Fault make(boolean optimised) {
        List<Fault> faults = new ArrayList<>();
        all().filter(f -> optimised || !f.ofOptimiser())
                .forEach(f -> faults.add(f.make().get()));
        return new Several(faults);
    }

    /** What names the faults of the core alone. */
    Optional<String> ofCore() {
        return cored
                ? Optional.of(
                        String.join("+", core.stream().map(Fault.Named::name).toList()))
                : Optional.empty();
    }

    private Stream<Fault.Named> all() {
        return Stream.concat(core.stream(), own.stream());
    }
}

package org.aiis.conformance.scheme;

import java.util.List;
import java.util.function.Function;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.Nearest;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.standard.Level;
import org.aiis.spec.standard.OperatorRow;
import org.aiis.spec.standard.PrecisionMode;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.ElementType;

/** An ICS against the standard and against the product that answers: said before the run, not found out after it. */
public final class IcsCheck {
    /** As spec/schemas/ics.schema.json bounds them. */
    public static final int MOST_WORKERS = 64;

    private static final int LONGEST_SECONDS = 86_400;

    private static final List<String> DETERMINISM = List.of("run-to-run", "session-to-session");

    private static final List<String> SESSIONS =
            List.of("concurrent-runs", "concurrent-sessions", "cancellation", "compiled-models");

    private IcsCheck() {}

    /**
     * Refuses a statement that does not fit the standard.
     *
     * @param origin the file that errors name
     */
    public static void fits(Ics ics, Standard standard, String origin) {
        within(origin + ": ixit.workers", ics.ixit().workers(), MOST_WORKERS);
        within(origin + ": ixit.timeoutSeconds", ics.ixit().timeoutSeconds(), LONGEST_SECONDS);
        for (Ics.Claim claim : ics.claims()) {
            OperatorRow row = known(standard::operator, claim.operator(), origin + ": claims");
            for (ElementType type : claim.types()) {
                if (!row.types().contains(type)) {
                    throw InputException.of(
                            origin + ": claims: " + claim.operator() + " with " + type.label(),
                            row.source() + " has no such type");
                }
            }
        }
        ics.fallback().forEach(operator -> known(standard::operator, operator, origin + ": fallback"));
        ics.determinism().forEach(kind -> oneOf(DETERMINISM, kind, origin + ": determinism: unknown kind"));
        ics.sessions().forEach(claim -> oneOf(SESSIONS, claim, origin + ": sessions: unknown claim"));
        ics.precisionModes().forEach(mode -> known(PrecisionMode::named, mode, origin + ": precisionModes"));
        for (String id : ics.notImplemented()) {
            Requirement r = known(standard::requirement, id, origin + ": notImplemented");
            if (r.level() == Level.SHALL) {
                throw InputException.of(
                        origin + ": notImplemented: " + id + " is a shall",
                        "only a should or a may can be left out; remove it");
            }
        }
    }

    /** Refuses a statement about another product than the one that answered. */
    public static void describes(Ics ics, Sut sut, String origin) {
        same(origin + ": product.name", ics.product().name(), sut.name());
        same(origin + ": product.version", ics.product().version(), sut.version());
        same(origin + ": ixit.provider", ics.ixit().provider(), sut.provider());
    }

    private static void oneOf(List<String> known, String word, String place) {
        if (!known.contains(word)) {
            throw InputException.of(place + " '" + word + "'", Nearest.hint(word, known));
        }
    }

    private static void within(String place, int value, int most) {
        if (value < 1 || value > most) {
            throw InputException.at(place, 0, "a number from 1 to " + most, Integer.toString(value));
        }
    }

    private static void same(String place, String stated, String found) {
        if (!stated.equals(found)) {
            throw InputException.of(
                    place + ": the statement says '" + stated + "', the backend describes itself as '" + found + "'",
                    "mend the statement, or test the product that it is about");
        }
    }

    private static <T> T known(Function<String, T> find, String name, String place) {
        try {
            return find.apply(name);
        } catch (InputException e) {
            throw InputException.because(place, e);
        }
    }
}

package org.aiis.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.conformance.worker.Ending;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Origin;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.port.Judge;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Terms;
import org.aiis.spec.testing.TestCase;

/**
 * Searches what a process was shown before it died for the few cases that it died of. Fresh processes are shown parts of that
 * and then the case: what killed others and what failed first, then the last few cases, then ever more; where one dies, the part is made smaller. What is named was seen
 * to kill a process, however unsteady the system is. Safe for many threads.
 */
final class DeathSearch {
    /** So many cases, those shown last, are tried first, and so many times more each time. */
    private static final int GROWTH = 4;

    /** A process that dies once in a while is not found out by one look. */
    private static final int LOOKS = 3;

    private static final int MOST_LOOKS = 5;

    /** More cases together explain nothing. */
    private static final int MOST_NAMED = 16;

    private final WorkerPool pool;
    private final Map<String, TestCase> cases;
    private final Processes processes;
    private final Judge judge;
    private final Terms terms;
    private final Patience patience;
    private final Set<String> failing;
    private final Set<String> culprits = ConcurrentHashMap.newKeySet();

    /** @param failing cases that failed in whatever way: what went wrong in one of them may have gone on */
    DeathSearch(
            WorkerPool pool,
            Map<String, TestCase> cases,
            Processes processes,
            Judge judge,
            Terms terms,
            Patience patience,
            Set<String> failing) {
        this.failing = Set.copyOf(failing);
        this.pool = pool;
        this.cases = cases;
        this.processes = processes;
        this.judge = judge;
        this.terms = terms;
        this.patience = patience;
    }

    /** A case at which a process died, and those that it was shown before. */
    private record Killing(List<String> before, String at, Observation seen) {}

    /** What the search for the cause of a death comes to; the case has been shown to one fresh process, which lived. */
    Entry.Traced trace(String id) {
        Search search = new Search(id, processes.before(id));
        return search.run();
    }

    /** The search for one death. */
    private final class Search {
        private final String id;
        private final List<String> history;
        private long shownCases;
        private int alone = 1;
        private int diedAlone;
        private int shown;
        private int died;

        Search(String id, List<String> history) {
            this.id = id;
            this.history = history;
        }

        Entry.Traced run() {
            if (!patience.leftForKnown()) {
                return found(Origin.UNSEARCHED, Optional.empty());
            }
            Optional<Killing> first = first();
            if (first.isEmpty()) {
                return patience.left() ? never() : found(Origin.UNSEARCHED, Optional.empty());
            }
            Killing least = atTheCase(fewer(fromTheCulprit(first.get())));
            if (least.before().isEmpty() || least.before().size() > MOST_NAMED) {
                return found(Origin.UNSEARCHED, Optional.empty());
            }
            return settled(least);
        }

        /** Some part of the history behind which a process dies. */
        private Optional<Killing> first() {
            List<String> suspects = history.stream().filter(culprits::contains).toList();
            Optional<Killing> found = suspects.isEmpty() ? Optional.empty() : killing(last(suspects), id);
            if (found.isEmpty() && patience.left()) {
                List<String> odd =
                        last(history.stream().filter(failing::contains).toList());
                found = odd.isEmpty() ? found : killing(odd, id);
            }
            int stretch = GROWTH;
            while (found.isEmpty() && patience.left() && !history.isEmpty()) {
                int length = Math.min(stretch, history.size());
                found = killing(history.subList(history.size() - length, history.size()), id);
                if (length == history.size()) {
                    return found.isEmpty() && patience.left() ? killing(history, id) : found;
                }
                stretch *= GROWTH;
            }
            return found;
        }

        private static List<String> last(List<String> of) {
            return of.subList(Math.max(0, of.size() - MOST_NAMED), of.size());
        }

        /** The same from as late a case on as will do: that one is needed. */
        private Killing fromTheCulprit(Killing found) {
            Killing best = found;
            List<String> before = found.before();
            int dies = 0;
            int lives = before.size();
            while (lives - dies > 1 && patience.leftForKnown()) {
                int middle = (dies + lives) / 2;
                Optional<Killing> later = killing(before.subList(middle, before.size()), best.at());
                if (later.isEmpty()) {
                    lives = middle;
                } else if (later.get().at().equals(best.at())) {
                    best = later.get();
                    dies = middle;
                } else {
                    best = later.get(); // It died earlier: what comes behind is not needed.
                    before = best.before();
                    dies = 0;
                    lives = before.size();
                }
            }
            return best;
        }

        /** Without what is not needed behind the first one. */
        private Killing fewer(Killing found) {
            Killing best = found;
            if (best.before().size() > 1) {
                best = killing(best.before().subList(0, 1), best.at()).orElse(best);
            }
            for (int length = best.before().size() / 2; length > 0; length /= 2) {
                for (int from = 1; from < best.before().size() && patience.leftForKnown(); ) {
                    List<String> rest = new ArrayList<>(best.before());
                    rest.subList(from, Math.min(rest.size(), from + length)).clear();
                    Optional<Killing> smaller = killing(rest, best.at());
                    best = smaller.orElse(best);
                    from += smaller.isPresent() ? 0 : length;
                }
            }
            return best;
        }

        /** A process may have died earlier than at the case that is asked about; mostly it dies there too. */
        private Killing atTheCase(Killing found) {
            return found.at().equals(id)
                    ? found
                    : killing(found.before(), id).filter(k -> k.at().equals(id)).orElse(found);
        }

        /** Looks again at what was found, with and without the cases that are blamed. */
        private Entry.Traced settled(Killing least) {
            shown = 1;
            died = 1;
            boolean diesWithout = false;
            while (shown < LOOKS || died < 2 && shown < MOST_LOOKS) {
                died += killing(least.before(), least.at()).isPresent() ? 1 : 0;
                shown++;
                if (least.at().equals(id)) {
                    aloneAgain();
                } else {
                    diesWithout |= killing(List.of(), least.at()).isPresent();
                }
            }
            if (diedAlone > 0) {
                return sometimes();
            }
            if (died < 2 || diesWithout) {
                return found(Origin.NOT_AGAIN, Optional.empty());
            }
            culprits.addAll(least.before());
            return found(Origin.EARLIER, Optional.of(least));
        }

        private Entry.Traced never() {
            while (alone < LOOKS && diedAlone == 0) {
                aloneAgain();
            }
            return diedAlone > 0 ? sometimes() : found(Origin.NOT_AGAIN, Optional.empty());
        }

        private Entry.Traced sometimes() {
            while (alone < MOST_LOOKS && patience.left()) {
                aloneAgain();
            }
            return found(Origin.SOMETIMES, Optional.empty());
        }

        private void aloneAgain() {
            alone++;
            diedAlone += killing(List.of(), id).isPresent() ? 1 : 0;
        }

        private Entry.Traced found(Origin origin, Optional<Killing> killing) {
            return new Entry.Traced(
                    id,
                    origin,
                    history.size(),
                    killing.map(Killing::before).orElse(List.of()),
                    killing.map(Killing::at),
                    killing.map(Killing::seen),
                    shown,
                    died,
                    alone,
                    diedAlone,
                    shownCases);
        }

        /** Shows cases and then one more to a fresh process; where it died, if it did. */
        private Optional<Killing> killing(List<String> before, String last) {
            List<String> order = new ArrayList<>(before);
            order.add(last);
            List<TestCase> shownNow = order.stream()
                    .map(each -> java.util.Objects.requireNonNull(cases.get(each)))
                    .toList();
            Optional<Ending> ending =
                    pool.showInOrder(shownNow.stream().map(c -> c.stimulus()).toList(), () -> {
                        patience.spend();
                        shownCases++;
                        return patience.left() || order.size() <= MOST_NAMED + 1;
                    });
            return ending.flatMap(end -> {
                TestCase at = shownNow.get(end.index());
                Finding finding = judge.judge(at.over(at.stimulus().get()), end.observation(), terms);
                Shown kept = new Shown("", end.observation(), finding, Optional.empty(), 0).kept(at, judge, terms, 0);
                return Repeats.isDeath(finding)
                        ? Optional.of(new Killing(order.subList(0, end.index()), at.id(), kept.observation()))
                        : Optional.empty();
            });
        }
    }
}

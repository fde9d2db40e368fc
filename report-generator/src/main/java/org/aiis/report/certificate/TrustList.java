package org.aiis.report.certificate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/** The keys that whoever verifies trusts, each for one role and some days. */
public record TrustList(List<TrustedKey> keys) {
    public TrustList {
        keys = List.copyOf(keys);
        Set<VerificationKey> seen = new HashSet<>();
        for (TrustedKey key : keys) {
            if (!seen.add(key.publicKey())) {
                throw InputException.of(
                        "trust list: the key of " + key.name() + " stands twice",
                        "one key has one role (ISO/IEC 17065)");
            }
        }
    }

    /**
     * A trusted key.
     *
     * @param validFrom first day of its signatures
     * @param validTo last day of its signatures
     */
    public record TrustedKey(String name, Role role, VerificationKey publicKey, String validFrom, String validTo) {
        public TrustedKey {
            for (String day : List.of(validFrom, validTo)) {
                day(name, day);
            }
        }

        public boolean validOn(LocalDate day) {
            return !day.isBefore(day(name, validFrom)) && !day.isAfter(day(name, validTo));
        }

        private static LocalDate day(String name, String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw InputException.of(
                        "trust list: day '" + text + "' of " + name, "a date such as 2027-11-30 is expected");
            }
        }
    }

    public static TrustList read(Path file) {
        return Codec.file(file, TrustList.class);
    }

    public Optional<TrustedKey> find(VerificationKey key) {
        return keys.stream().filter(k -> k.publicKey().equals(key)).findFirst();
    }
}

package org.aiis.spec.protocol;

/**
 * A numbered request or answer.
 *
 * @param id chosen by the suite, not negative; the answer carries that of its request
 */
public record Message<B>(long id, B body) {
    /** The version of the protocol that this edition speaks. */
    public static final int PROTOCOL = 1;
}

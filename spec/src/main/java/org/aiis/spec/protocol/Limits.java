package org.aiis.spec.protocol;

/**
 * What a reader of frames accepts. Whatever is larger is a violation before memory is given to it.
 *
 * @param frame bytes of a payload
 * @param header bytes of the JSON header inside it
 * @param attachments number of attachments of a frame
 * @param rank rank of a tensor
 */
public record Limits(int frame, int header, int attachments, int rank) {
    /** 512 MiB a frame, 16 MiB a header, 65,536 attachments, rank 64. */
    public static final Limits DEFAULT = new Limits(512 << 20, 16 << 20, 1 << 16, 64);

    public Limits {
        if (frame < 8 || header < 2 || attachments < 0 || rank < 0) {
            throw new IllegalArgumentException("no frame fits into limits of " + frame + " and " + header + " bytes");
        }
    }

    /** The same with another size of frames. */
    public Limits withFrame(int bytes) {
        return new Limits(bytes, Math.min(header, bytes), attachments, rank);
    }
}

package org.aiis.reference.pipeline.data;

/**
 * How much a folder of images may hold.
 *
 * @param bytes of a file
 * @param pixels of an image, by its header
 * @param files in the folder
 * @param classes folders of classes
 */
public record PictureLimits(int bytes, int pixels, int files, int classes) {
    /** An image of 4,096 × 4,096 fits; decoded with 16 bits and alpha it takes 128 MiB, one at a time. */
    public static final PictureLimits USUAL = new PictureLimits(32 << 20, 16 << 20, 100_000, 100);
}

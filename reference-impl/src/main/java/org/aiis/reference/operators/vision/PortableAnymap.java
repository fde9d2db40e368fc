package org.aiis.reference.operators.vision;

import java.util.Optional;
import org.aiis.reference.operators.Call;

/**
 * The portable image formats P1 to P6: plain and raw bitmap, greymap and pixmap. Source: the manual pages pbm(5), pgm(5)
 * and ppm(5) of Netpbm.
 */
final class PortableAnymap {
    private final byte[] bytes;
    private int at = 2;

    private PortableAnymap(byte[] bytes) {
        this.bytes = bytes;
    }

    static Optional<Pixels> decode(Call call, byte[] bytes) {
        return new PortableAnymap(bytes).decode(call);
    }

    private Optional<Pixels> decode(Call call) {
        int kind = bytes[1] - '0';
        boolean raw = kind > 3;
        boolean bitmap = kind == 1 || kind == 4;
        int width = number(false);
        int height = number(false);
        int most = bitmap ? 1 : number(false);
        if (width < 1 || height < 1 || most < 1 || most > 65535) {
            return Optional.empty();
        }
        call.shape(height, width, 3);
        at += raw ? 1 : 0;
        int channels = kind == 3 || kind == 6 ? 3 : 1;
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int sample =
                        channel < channels ? raw ? rawSample(bitmap, most, i, width) : number(bitmap) : rgb[i] & 255;
                if (sample < 0 || sample > (channel < channels ? most : 255)) {
                    return Optional.empty();
                }
                int scaled = channel < channels ? scaled(bitmap, sample, most) : sample;
                rgb[i] = rgb[i] << 8 | scaled;
            }
        }
        return Optional.of(new Pixels(width, height, rgb));
    }

    private static int scaled(boolean bitmap, int sample, int most) {
        return bitmap ? (1 - sample) * 255 : most == 255 ? sample : (sample * 255 + most / 2) / most;
    }

    /** A raw bitmap packs eight pixels of a row into a byte; a sample above 255 takes two bytes. */
    private int rawSample(boolean bitmap, int most, int pixel, int width) {
        if (bitmap) {
            int row = (width + 7) / 8;
            int place = at + pixel / width * row + pixel % width / 8;
            return place < bytes.length ? bytes[place] >> 7 - pixel % width % 8 & 1 : -1;
        }
        int sample = 0;
        for (int i = 0; i < (most > 255 ? 2 : 1); i++) {
            if (at >= bytes.length) {
                return -1;
            }
            sample = sample << 8 | bytes[at++] & 255;
        }
        return sample;
    }

    /** A decimal number after white space and comments, or one digit of a plain bitmap; −1 where there is none. */
    private int number(boolean digit) {
        boolean comment = false;
        while (at < bytes.length && (comment || bytes[at] == '#' || Character.isWhitespace(bytes[at]))) {
            comment = bytes[at] == '#' || comment && bytes[at] != '\n';
            at++;
        }
        int value = -1;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && value < 1 << 24) {
            value = Math.max(value, 0) * 10 + bytes[at++] - '0';
            if (digit) {
                break;
            }
        }
        return value;
    }
}

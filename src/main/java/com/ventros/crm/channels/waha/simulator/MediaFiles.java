package com.ventros.crm.channels.waha.simulator;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** The files behind media messages, drawn anew from the message's id each time: nothing is kept. */
final class MediaFiles {

    private static final int PICTURE_SIDE = 160;
    private static final int QR_MODULES = 29;
    private static final int QR_MODULE_SIDE = 8;
    /** Size of a QR code's three corner marks. */
    private static final int QR_FINDER = 7;
    private static final int OPUS_RATE = 48_000;
    private static final int SILENT_FRAMES = 50;
    /** An Opus packet of 20 ms in which nothing sounds. */
    private static final byte[] SILENT_FRAME = {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE};
    private static final int OGG_SERIAL = 1;
    private static final int OGG_CHECKSUM_AT = 22;
    /** One transparent point. */
    private static final byte[] SMALLEST_WEBP =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    /** A page without a word on it. */
    private static final byte[] EMPTY_PDF = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
            trailer<</Root 1 0 R>>
            %%EOF
            """.getBytes(StandardCharsets.US_ASCII);
    /** The beginning of an MP4 file: enough to be recognised, nothing to be played. */
    private static final byte[] MP4_BEGINNING = {0, 0, 0, 16, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm', 0, 0, 2, 0};

    private MediaFiles() {}

    /** The bytes of a file: the same for the same message. */
    static byte[] bytes(Content.Kind kind, String messageId) {
        return switch (kind) {
            case IMAGE -> picture(messageId);
            case VOICE -> silence();
            case DOCUMENT -> EMPTY_PDF.clone();
            case VIDEO -> MP4_BEGINNING.clone();
            case STICKER -> SMALLEST_WEBP.clone();
        };
    }

    /** A round thing on a coloured ground: the shop's product, with some good will. */
    private static byte[] picture(String messageId) {
        var random = new Random(messageId.hashCode());
        var image = new BufferedImage(PICTURE_SIDE, PICTURE_SIDE, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        float hue = random.nextFloat();
        canvas.setPaint(new GradientPaint(0, 0, Color.getHSBColor(hue, 0.35f, 0.95f),
                PICTURE_SIDE, PICTURE_SIDE, Color.getHSBColor(hue + 0.1f, 0.6f, 0.6f)));
        canvas.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
        for (int ring = 5; ring > 0; ring--) {
            canvas.setColor(Color.getHSBColor(hue + 0.5f, 0.2f * ring - 0.1f, 0.9f));
            double side = PICTURE_SIDE * 0.15 * ring;
            canvas.fill(new Ellipse2D.Double((PICTURE_SIDE - side) / 2, (PICTURE_SIDE - side) / 2, side, side));
        }
        canvas.dispose();
        return encoded(image, "jpeg");
    }

    /** Looks like a QR code; there is no WhatsApp behind it that a phone could pair with. */
    static byte[] qrPicture(String value) {
        var random = new Random(value.hashCode());
        var image = new BufferedImage(QR_MODULES * QR_MODULE_SIDE, QR_MODULES * QR_MODULE_SIDE,
                BufferedImage.TYPE_BYTE_BINARY);
        var canvas = image.createGraphics();
        for (int y = 0; y < QR_MODULES; y++) {
            for (int x = 0; x < QR_MODULES; x++) {
                int column = x;
                int row = y;
                boolean noise = random.nextBoolean();
                boolean dark = cornerMark(column, row)
                        .or(() -> cornerMark(QR_MODULES - 1 - column, row))
                        .or(() -> cornerMark(column, QR_MODULES - 1 - row))
                        .orElse(noise);
                canvas.setColor(dark ? Color.BLACK : Color.WHITE);
                canvas.fillRect(x * QR_MODULE_SIDE, y * QR_MODULE_SIDE, QR_MODULE_SIDE, QR_MODULE_SIDE);
            }
        }
        canvas.dispose();
        return encoded(image, "png");
    }

    /** Dark or light within the mark of the upper left corner and its margin; empty elsewhere. */
    private static Optional<Boolean> cornerMark(int x, int y) {
        if (x > QR_FINDER || y > QR_FINDER) return Optional.empty();
        if (x == QR_FINDER || y == QR_FINDER) return Optional.of(false);
        int fromMiddle = Math.max(Math.abs(x - QR_FINDER / 2), Math.abs(y - QR_FINDER / 2));
        return Optional.of(fromMiddle != 2);
    }

    /** One second of Opus silence in an Ogg file: two header pages and one with fifty frames of 20 ms. */
    private static byte[] silence() {
        var head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1).put((byte) 1).putShort((short) 0).putInt(OPUS_RATE).putShort((short) 0).put((byte) 0);
        var tags = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusTags".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0);
        var frames = new byte[SILENT_FRAMES][];
        Arrays.fill(frames, SILENT_FRAME);
        var out = new ByteArrayOutputStream();
        out.writeBytes(oggPage(2, 0, 0, head.array()));
        out.writeBytes(oggPage(0, 0, 1, tags.array()));
        out.writeBytes(oggPage(4, OPUS_RATE, 2, frames));
        return out.toByteArray();
    }

    /** @param flags 2 for the first page of a stream, 4 for the last */
    private static byte[] oggPage(int flags, long position, int number, byte[]... packets) {
        int length = Arrays.stream(packets).mapToInt(packet -> packet.length).sum();
        var page = ByteBuffer.allocate(27 + packets.length + length).order(ByteOrder.LITTLE_ENDIAN)
                .put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags)
                .putLong(position).putInt(OGG_SERIAL).putInt(number).putInt(0).put((byte) packets.length);
        for (var packet : packets) page.put((byte) packet.length);
        for (var packet : packets) page.put(packet);
        return page.putInt(OGG_CHECKSUM_AT, oggChecksum(page.array())).array();
    }

    /** Ogg's CRC-32: the usual polynomial, neither reflected nor inverted. */
    private static int oggChecksum(byte[] page) {
        int crc = 0;
        for (byte one : page) {
            crc ^= (one & 0xFF) << 24;
            for (int bit = 0; bit < 8; bit++) crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
        }
        return crc;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}

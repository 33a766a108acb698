package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Publication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One message of RabbitMQ for several that were published together and go the same way: for each its id (16 bytes), the number of
 * its headers (2), their names and values (as {@link DataOutputStream#writeUTF} writes them), the length of its body (4) and the body.
 */
final class Parcel {

    /** The header of a parcel; its value is how many messages there are in it. */
    static final String HEADER = "crm-parcel";
    /** What one worker handles in one piece. */
    static final int MOST = 100;
    /** One frame of RabbitMQ (128 KB) with room to spare, and little enough that many can be in hand. */
    static final int MOST_BYTES = 64 * 1024;

    /** About what an event's id and headers take; where it is more, the parcel grows. */
    private static final int BESIDE_A_BODY = 128;

    /** A message as it lies in a parcel. */
    record Piece(UUID id, Map<String, String> headers, byte[] body) {}

    static byte[] packed(List<Publication> publications) {
        var bytes = new ByteArrayOutputStream(publications.stream().mapToInt(one -> one.body().length + BESIDE_A_BODY).sum());
        try (var out = new DataOutputStream(bytes)) {
            for (var one : publications) {
                out.writeLong(one.id().getMostSignificantBits());
                out.writeLong(one.id().getLeastSignificantBits());
                out.writeShort(one.headers().size());
                for (var header : one.headers().entrySet()) {
                    out.writeUTF(header.getKey());
                    out.writeUTF(header.getValue());
                }
                out.writeInt(one.body().length);
                out.write(one.body());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws UncheckedIOException for bytes that are no parcel, whatever they say */
    static List<Piece> unpacked(byte[] parcel) {
        var pieces = new ArrayList<Piece>();
        try (var in = new DataInputStream(new ByteArrayInputStream(parcel))) {
            do {
                var id = new UUID(in.readLong(), in.readLong());
                var headers = new LinkedHashMap<String, String>();
                for (int left = in.readUnsignedShort(); left > 0; left--) headers.put(in.readUTF(), in.readUTF());
                int length = in.readInt();
                if (length < 0 || length > in.available()) throw new EOFException("a body of " + length + " bytes");
                pieces.add(new Piece(id, headers, in.readNBytes(length)));
            } while (in.available() > 0);
        } catch (IOException torn) {
            throw new UncheckedIOException("no parcel", torn);
        }
        return pieces;
    }

    private Parcel() {}
}

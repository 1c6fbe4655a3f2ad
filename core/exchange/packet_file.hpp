#pragma once

#include <string>
#include <string_view>

#include "domain/packet.hpp"

/// A person's packet as a file: JSON that can be read without peercert.
///
///     {
///       "format": "peercert packet", "version": 1, "schema": 18,
///       "installation": {"kind": "live", "mark": "9f..."},
///       "record": {
///         "person": [{"code": "P-...", "born": "1980-03-15", ...}],
///         "entry": [{"order": 4, "id": 1, "kind": "practice", "amount": 90, ...}],
///         ...
///       },
///       "sha256": "..."
///     }
///
/// Members that refer to others ("cohort": 1) name the "id" of a row in that list. Days are YYYY-MM-DD, instants UTC,
/// amounts minutes, hundredths or times by kind (peercert/record.hpp). "sha256" is of every byte before the comma that
/// stands before it: it shows a file that was damaged or changed, not who made it. The same record is the same bytes.
namespace peercert::exchange {

struct PacketFile {
    std::string bytes;
    std::string sha256; ///< the one that stands in it; by this a packet is recognised
};
PacketFile write_packet(const domain::Packet& packet);

struct ReadPacket {
    domain::Packet packet;
    std::string sha256;
};
/// Throws Error{invalid_input}: no packet, one of a newer peercert, one that was changed or damaged since it was made.
ReadPacket read_packet(std::string_view bytes, int newest_schema);

} // namespace peercert::exchange

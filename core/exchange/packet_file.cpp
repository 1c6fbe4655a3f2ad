#include "exchange/packet_file.hpp"

#include <peercert/error.hpp>

#include "domain/sha256.hpp"
#include "exchange/json_reader.hpp"

namespace peercert::exchange {

namespace {

constexpr std::string_view format = "peercert packet";
constexpr std::int64_t version = 1;
constexpr std::string_view before_seal = ",\n  \"sha256\": \"";
constexpr std::string_view after_seal = "\"\n}\n";
constexpr std::size_t digest_length = 64;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_input, what); }

void append_value(std::string& out, const domain::PacketValue& value) {
    if (!value.text)
        out += "null";
    else if (value.number)
        out += *value.text;
    else
        append_json_string(out, *value.text);
}

void append_row(std::string& out, const domain::PacketRow& row) {
    out += '{';
    for (const auto& [name, value] : row.fields) {
        if (out.back() != '{')
            out += ", ";
        append_json_string(out, name);
        out += ": ";
        append_value(out, value);
    }
    out += '}';
}

const JsonValue& member(const JsonValue& value, std::string_view name, JsonValue::Kind kind) {
    const JsonValue* found = value.find(name);
    if (found == nullptr || !found->is(kind))
        refuse("the packet has no \"" + std::string(name) + "\", or another kind of value stands there");
    return *found;
}

domain::PacketValue value_of(const JsonValue& json, const std::string& name) {
    switch (json.kind) {
    case JsonValue::Kind::null: return {};
    case JsonValue::Kind::number: return {json.text, true};
    case JsonValue::Kind::text: return {json.text, false};
    case JsonValue::Kind::boolean:
    case JsonValue::Kind::array:
    case JsonValue::Kind::object: break;
    }
    refuse("\"" + name.substr(0, 60) + "\" in the packet is neither text nor number");
}

void check_seal(std::string_view bytes, const std::string& sha256) {
    const std::size_t tail = before_seal.size() + digest_length + after_seal.size();
    const bool shaped = bytes.size() > tail && sha256.size() == digest_length &&
                        bytes.substr(bytes.size() - tail, before_seal.size()) == before_seal &&
                        bytes.ends_with(after_seal);
    if (!shaped || domain::sha256_hex(bytes.substr(0, bytes.size() - tail)) != sha256)
        refuse("the packet was changed or damaged since it was made; ask for it again where it was made");
}

} // namespace

PacketFile write_packet(const domain::Packet& packet) {
    PacketFile file;
    std::string& out = file.bytes;
    out += "{\n  \"format\": \"" + std::string(format) + "\",\n  \"version\": " + std::to_string(version) +
           ",\n  \"schema\": " + std::to_string(packet.schema) + ",\n  \"installation\": {\"kind\": \"" +
           std::string(domain::to_text(packet.kind)) + "\", \"mark\": \"" + packet.installation +
           "\"},\n  \"record\": {";
    for (std::size_t i = 0; i < packet.tables.size(); ++i) {
        const domain::PacketTable& table = packet.tables[i];
        out += (i == 0 ? "\n    \"" : ",\n    \"") + table.name + "\": [";
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            out += row == 0 ? "\n      " : ",\n      ";
            append_row(out, table.rows[row]);
        }
        out += table.rows.empty() ? "]" : "\n    ]";
    }
    out += "\n  }";
    file.sha256 = domain::sha256_hex(out);
    out += before_seal;
    out += file.sha256;
    out += after_seal;
    return file;
}

ReadPacket read_packet(std::string_view bytes, int newest_schema) {
    constexpr std::size_t most_bytes = std::size_t{64} << 20U;
    if (bytes.size() > most_bytes)
        refuse("the file is too large for one person's packet");
    JsonValue json;
    try {
        json = read_json(bytes, {.depth = 8, .members = 1'000, .items = 1'000'000});
    } catch (const Error& error) {
        refuse(std::string("this is no packet, or one that was damaged: ") + error.what());
    }
    const JsonValue* called = json.find("format");
    if (called == nullptr || !called->is(JsonValue::Kind::text) || called->text != format)
        refuse("this is no packet of peercert; a packet is what `peercert person packet` writes");
    const auto made_with = member(json, "version", JsonValue::Kind::number).integer();
    const auto schema = member(json, "schema", JsonValue::Kind::number).integer();
    if (!made_with || !schema || *made_with < 1 || *schema < 1)
        refuse("the packet does not say by which version it was made");
    if (*made_with > version || *schema > newest_schema)
        refuse("the packet was made by a newer peercert than this one (schema " + std::to_string(*schema) +
               ", this one knows " + std::to_string(newest_schema) + "); update this installation first");
    ReadPacket read;
    read.sha256 = member(json, "sha256", JsonValue::Kind::text).text;
    check_seal(bytes, read.sha256);
    for (const auto& [name, ignored] : json.members)
        if (name != "format" && name != "version" && name != "schema" && name != "installation" && name != "record" &&
            name != "sha256")
            refuse("the packet has a member \"" + name.substr(0, 60) + "\", which is none of a packet");
    const JsonValue& installation = member(json, "installation", JsonValue::Kind::object);
    const auto kind = domain::parse_installation_kind(member(installation, "kind", JsonValue::Kind::text).text);
    if (!kind)
        refuse("the packet comes from a kind of installation that there is not");
    read.packet.schema = static_cast<int>(*schema);
    read.packet.kind = *kind;
    read.packet.installation = member(installation, "mark", JsonValue::Kind::text).text;
    for (const auto& [name, rows] : member(json, "record", JsonValue::Kind::object).members) {
        domain::PacketTable table{name, {}};
        if (!rows.is(JsonValue::Kind::array))
            refuse("\"" + name.substr(0, 60) + "\" in the packet is no list");
        for (const JsonValue& row : rows.items) {
            if (!row.is(JsonValue::Kind::object))
                refuse("\"" + name.substr(0, 60) + "\" in the packet holds something that is no row");
            domain::PacketRow fields;
            for (const auto& [column, value] : row.members)
                fields.fields.emplace_back(column, value_of(value, column));
            table.rows.push_back(std::move(fields));
        }
        read.packet.tables.push_back(std::move(table));
    }
    return read;
}

} // namespace peercert::exchange

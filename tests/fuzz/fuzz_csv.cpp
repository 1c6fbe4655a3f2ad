// Strict CSV: whatever comes in, a row or a sentence comes out; and what we export reads back as it was.
#include "exchange/csv.hpp"

#include <peercert/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using peercert::exchange::CsvReader;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> row;
    try {
        std::istringstream in(bytes);
        CsvReader reader(in, {"name"}, {"email", "born"});
        std::size_t line = reader.line();
        while (reader.next()) {
            if (reader.line() <= line)
                std::abort(); // it would read the same rows for ever
            line = reader.line();
            row.clear();
            for (std::size_t i = 0; i < reader.fields() && i < reader.columns(); ++i)
                row.emplace_back(reader.at(i));
        }
    } catch (const peercert::Error& error) {
        if (error.code() != peercert::ErrorCode::invalid_input || std::string_view(error.what()).empty())
            std::abort();
        return 0;
    }
    for (const std::string& field : row) {
        if (field.empty())
            continue;
        std::istringstream in("name\n" + peercert::exchange::csv_field(field) + "\n");
        CsvReader reader(in, {"name"}, {});
        if (!reader.next() || reader.field("name") != field)
            std::abort();
    }
    return 0;
}

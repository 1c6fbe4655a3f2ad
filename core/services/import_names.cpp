#include "services/import_names.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "exchange/json_reader.hpp"

namespace peercert::services {

namespace {

using Names = exchange::CsvReader::Names;

std::string as_text(const Names& names) {
    exchange::Json list = exchange::Json::array();
    for (const auto& [theirs, ours] : names)
        list.push(exchange::Json::array().push(theirs).push(ours));
    return list.text();
}

Names from_text(const std::string& text) {
    Names names;
    for (const exchange::JsonValue& pair : exchange::read_json(text).items)
        if (pair.items.size() == 2)
            names.emplace_back(pair.items[0].text, pair.items[1].text);
    return names;
}

std::string remembered_names(storage::UnitOfWork& work) {
    std::string all;
    for (const domain::ImportMapping& one : work.import_mappings.list())
        all += (all.empty() ? "" : ", ") + one.name;
    return all;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

} // namespace

Names parse_column_names(const std::vector<std::string>& texts) {
    Names names;
    for (const std::string& text : texts) {
        std::string theirs, ours;
        bool after_sign = false;
        const auto take = [&] {
            const std::string_view left = trimmed(theirs), right = trimmed(ours);
            if (left.empty() || right.empty())
                throw Error(ErrorCode::invalid_input,
                            "\"" + text +
                                "\" names no columns; write the file's name, =, and ours, such "
                                "as \"Full name=name,DOB=born\"");
            names.emplace_back(left, right);
            theirs.clear();
            ours.clear();
            after_sign = false;
        };
        for (std::size_t at = 0; at < text.size(); ++at) {
            char c = text[at];
            const bool taken_as_it_is = c == '\\' && at + 1 < text.size();
            if (taken_as_it_is)
                c = text[++at];
            if (!taken_as_it_is && c == '=' && !after_sign)
                after_sign = true;
            else if (!taken_as_it_is && c == ',')
                take();
            else
                (after_sign ? ours : theirs) += c;
        }
        take();
    }
    return names;
}

Names names_in_force(storage::UnitOfWork& work, const ImportNames& names, std::string_view kind) {
    Names all = names.typed;
    if (names.mapping.empty())
        return all;
    const auto found = work.import_mappings.find(names.mapping);
    if (!found) {
        const std::string known = remembered_names(work);
        throw Error(ErrorCode::not_found, "no names of columns are remembered as \"" + names.mapping + "\"" +
                                              (known.empty() ? "; --remember remembers them" : "; there is: " + known));
    }
    if (found->kind != kind)
        throw Error(ErrorCode::conflict, "\"" + names.mapping + "\" is remembered for files of " + found->kind +
                                             ", not of " + std::string(kind));
    for (auto& remembered : from_text(found->columns))
        if (std::none_of(all.begin(), all.end(), [&](const auto& typed) {
                return typed.first == remembered.first || typed.second == remembered.second;
            }))
            all.push_back(std::move(remembered));
    return all;
}

void remember_names(storage::UnitOfWork& work, const ImportNames& names, std::string_view kind) {
    if (names.remember.empty())
        return;
    work.import_mappings.remember(
        {names.remember, std::string(kind), as_text(names_in_force(work, names, kind)), {}, {}});
    work.audit.append({.action = "import.mapping_remembered", .object = "mapping"});
}

} // namespace peercert::services

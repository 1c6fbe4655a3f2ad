#include "services/import_file.hpp"

#include <algorithm>

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

/// What is typed goes before what is remembered, column by column.
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
    for (auto& [theirs, ours] : from_text(found->columns))
        if (std::none_of(all.begin(), all.end(),
                         [&](const auto& typed) { return typed.first == theirs || typed.second == ours; }))
            all.emplace_back(theirs, ours);
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

ImportRows::ImportRows(std::istream& file, const ImportColumns& columns, const Names& names, ImportReport& report,
                       const Imports::Progress& progress)
    : csv_(file, columns.required, columns.optional, names), report_(report), progress_(progress) {
    report_.separator = csv_.separator();
    report_.passed_over = csv_.passed_over();
}

bool ImportRows::next() {
    while (csv_.next()) {
        ++report_.rows;
        if (progress_ && report_.rows % rows_between_progress == 0)
            progress_(csv_.bytes_read());
        errors_before_ = report_.errors;
        if (csv_.fault().empty())
            return true;
        report_.error({csv_.line(), "", "", csv_.fault()});
    }
    return false;
}

void ImportRows::wrong(std::string_view column, const std::string& what) {
    report_.error({csv_.line(), std::string(column), column.empty() ? "" : shortened(csv_.field(column)), what});
}

std::optional<Date> ImportRows::day(std::string_view column, Date today, bool required) {
    const std::string_view text = at(column);
    if (text.empty()) {
        if (required)
            wrong(column, "which day? write YYYY-MM-DD, such as 2024-03-15");
        return std::nullopt;
    }
    const auto day = parse_date(text);
    if (!day)
        wrong(column, "no such day from 1900 on; write YYYY-MM-DD, such as 2024-03-15");
    else if (*day > today)
        wrong(column, "is still to come; only what has happened is recorded");
    else
        return day;
    return std::nullopt;
}

std::vector<std::string> ImportRows::words(std::string_view column) const {
    std::vector<std::string> words;
    std::string_view text = at(column);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (const std::string_view word = trimmed(text.substr(0, end)); !word.empty())
            words.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

ImportReport import_file(House& house, const Actor& actor, std::istream& file, const ImportColumns& columns,
                         const ImportNames& names, Mode mode, const Imports::Progress& progress,
                         const std::function<void(storage::UnitOfWork&, ImportRows&, ImportReport&)>& body) {
    ImportReport report;
    try {
        change(house, actor.name, mode, [&](storage::UnitOfWork& work) {
            report = {}; // the unit may run again
            rewind(file);
            const Names in_force = names_in_force(work, names, columns.kind);
            ImportRows rows(file, columns, in_force, report, progress);
            body(work, rows, report);
            if (report.errors > 0)
                throw HasErrors{};
            if (!names.remember.empty()) {
                work.import_mappings.remember({names.remember, std::string(columns.kind), as_text(in_force), {}, {}});
                work.audit.append({.action = "import.mapping_remembered", .object = "mapping " + names.remember});
            }
        });
        report.stored = mode == Mode::commit;
    } catch (const HasErrors&) {
        report.added = report.changed = 0;
    }
    return report;
}

} // namespace peercert::services

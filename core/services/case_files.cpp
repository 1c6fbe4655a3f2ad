#include "services/case_files.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "exchange/case_package.hpp"

namespace peercert::services {

namespace {

using exchange::CaseItem;

std::vector<CaseItem> items_of(const Edition& edition) {
    std::vector<CaseItem> items;
    for (const Competency& one : edition.competencies)
        items.push_back({one.code, one.label, one.parent});
    return items;
}

/// "2015", "2024-07" and "2024-07-15" say when; other names do not.
std::optional<Date> day_in_name(const std::string& name) {
    for (const char* rest : {"", "-01", "-01-01"})
        if (const auto day = parse_date(name + rest))
            return day;
    return std::nullopt;
}

Date changed_on(const Edition& edition, const std::optional<Date>& asked) {
    if (asked)
        return *asked;
    if (edition.in_force_from.is_stated())
        return edition.in_force_from.value;
    if (const auto day = day_in_name(edition.edition))
        return *day;
    throw Error(ErrorCode::invalid_input, "nothing in " + edition.code + " " + edition.edition +
                                              " says when it was last changed, and CASE asks for that; say --changed");
}

std::string sorted_difference(std::vector<CaseItem> file, std::vector<CaseItem> package) {
    const auto by_code = [](const CaseItem& a, const CaseItem& b) { return a.code < b.code; };
    std::sort(file.begin(), file.end(), by_code);
    std::sort(package.begin(), package.end(), by_code);
    for (std::size_t i = 0; i < std::max(file.size(), package.size()); ++i) {
        if (i < file.size() && i < package.size() && file[i] == package[i])
            continue;
        const bool in_file = i < file.size() && (i >= package.size() || !by_code(package[i], file[i]));
        return in_file ? file[i].code : package[i].code;
    }
    return {};
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string list_of(const std::vector<std::string>& words) {
    std::string out = "[";
    for (const std::string& word : words)
        out += (out.size() > 1 ? ", " : "") + quoted(word);
    return out + "]";
}

/// "Peer Worker Competencies" -> "peer-worker-competencies"
std::string code_from(std::string_view title) {
    std::string code;
    for (const char c : domain::search_key(domain::clean_text(title, domain::title_rule))) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            code += c;
        else if (!code.empty() && code.back() != '-' && c == ' ')
            code += '-';
    }
    constexpr std::size_t most = 40;
    code = code.substr(0, most);
    while (!code.empty() && code.back() == '-')
        code.pop_back();
    return code;
}

std::string edition_from(const exchange::CasePackage& package) {
    std::string version = package.version;
    std::replace(version.begin(), version.end(), ' ', '-');
    try {
        if (!version.empty())
            return domain::clean_code(version, "edition");
    } catch (const Error&) { // it names no edition of ours; the year does
    }
    return package.changed.substr(0, 4);
}

void append_competencies(std::string& yaml, const std::vector<CaseItem>& items) {
    yaml += "competencies:\n";
    const auto own_code = [](const CaseItem& item) { return item.code.substr(item.parent.size() + 1); };
    for (const CaseItem& top : items) {
        if (!top.parent.empty())
            continue;
        const auto below = [&](const CaseItem& one) { return one.parent == top.code; };
        if (std::none_of(items.begin(), items.end(), below)) {
            yaml += "  " + quoted(top.code) + ": {label: " + quoted(top.label) + ", see: Package}\n";
            continue;
        }
        yaml += "  " + quoted(top.code) + ":\n    title: " + quoted(top.label) + "\n    see: Package\n    items:\n";
        for (const CaseItem& item : items)
            if (below(item))
                yaml += "      " + quoted(own_code(item)) + ": " + quoted(item.label) + "\n";
    }
}

} // namespace

CaseExport export_case(const Edition& edition, const CaseExportRequest& request) {
    if (edition.kind != Edition::Kind::framework)
        throw Error(ErrorCode::invalid_input,
                    edition.code + " is no framework of competencies; `peercert curriculum list` shows what is");
    if (!request.package_beside.empty()) {
        const exchange::CasePackage package = exchange::read_case(request.package_beside);
        const std::string differs = sorted_difference(items_of(edition), package.items);
        if (!differs.empty())
            throw Error(ErrorCode::conflict,
                        "the file of " + edition.code + " " + edition.edition +
                            " and the package beside it no longer say the same of " + differs +
                            "; give the changed framework another edition, or take the package away, and everything "
                            "gets identifiers of its own");
        return {exchange::write_case(package), true};
    }
    exchange::CaseFramework framework;
    framework.code = edition.code;
    framework.edition = edition.edition;
    framework.changed = to_text(changed_on(edition, request.changed));
    framework.title = edition.titles.empty() ? edition.code : edition.titles.front().called;
    framework.creator = edition.author.empty() ? edition.code : edition.author;
    framework.notes =
        edition.licence.empty() ? edition.note : edition.licence + (edition.note.empty() ? "" : "\n" + edition.note);
    framework.base = request.base;
    framework.items = items_of(edition);
    framework.scale = edition.scale.words;
    return {exchange::write_case(framework), false};
}

CaseImport import_case(std::string_view bytes, const CaseImportRequest& request) {
    const exchange::CasePackage package = exchange::read_case(bytes);
    CaseImport import;
    import.code = request.code.empty() ? code_from(package.title) : domain::clean_code(request.code, "code");
    if (import.code.empty())
        throw Error(ErrorCode::invalid_input, "no code can be made of the package's title; say --code");
    import.edition = request.edition.empty() ? edition_from(package) : domain::clean_code(request.edition, "edition");
    import.package = exchange::write_case(package);
    import.items = package.items.size();
    import.kept = package.kept;
    std::vector<std::string> scale = !request.scale.empty() ? request.scale : package.scale;
    import.scale_is_ours = scale.empty();
    if (scale.empty())
        scale = {"not yet", "shown"};
    const std::vector<std::string> shown = request.shown.empty() ? std::vector{scale.back()} : request.shown;
    std::string& yaml = import.yaml;
    yaml =
        "# Made from a CASE 1.1 package, which lies beside this file (.case.json) and keeps its identifiers and all\n"
        "# that has no place here. Check the licence, and which ratings mean \"shown\", before this is relied on.\n";
    yaml += "framework: " + import.code + "\nedition: " + quoted(import.edition) +
            "\ntitle: " + quoted(domain::clean_text(package.title, domain::title_rule)) +
            "\nauthor: " + quoted(domain::clean_text(package.creator, domain::title_rule)) +
            "\nlicence: \"Not said in the package; ask its creator.\"\n"
            "in force: {from: unknown, until: further notice, chosen by: observed}\n\n";
    append_competencies(yaml, package.items);
    yaml += "scale: {words: " + list_of(scale) + ", counts: " + list_of(shown) +
            "}\n\nsources:\n  Package: {what: " + quoted("The creator's CASE package " + package.identifier) +
            ", as of: " + package.changed + ", trust: verified}\n";
    return import;
}

std::string package_beside(const std::string& file) {
    constexpr std::string_view yaml = ".yaml";
    return (file.ends_with(yaml) ? file.substr(0, file.size() - yaml.size()) : file) + ".case.json";
}

} // namespace peercert::services

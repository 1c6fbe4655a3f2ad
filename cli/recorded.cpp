#include "cli/recorded.hpp"

#include "cli/values.hpp"

namespace peercert::cli {

std::string amount_of(EntryKind kind, std::int64_t amount) {
    switch (kind) {
    case EntryKind::training:
    case EntryKind::attendance:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce: return amount == 0 ? "" : hours_text(Minutes{amount});
    case EntryKind::exam: return amount == 0 ? "" : std::to_string(amount / 100);
    case EntryKind::activity: return std::to_string(amount);
    case EntryKind::sign_off:
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact:
    case EntryKind::decision: return "";
    }
    return "";
}

std::string_view counted_in(EntryKind kind) {
    switch (kind) {
    case EntryKind::training:
    case EntryKind::attendance:
    case EntryKind::practice:
    case EntryKind::supervision:
    case EntryKind::ce: return "minutes";
    case EntryKind::exam: return "hundredths";
    case EntryKind::activity: return "times";
    case EntryKind::sign_off:
    case EntryKind::attestation:
    case EntryKind::document:
    case EntryKind::fact:
    case EntryKind::decision: return {};
    }
    return {};
}

std::string told(const services::NewRecord& record) {
    const std::string code = record.code.empty() ? "" : " " + record.code;
    const std::string last = record.last_day && *record.last_day != record.first_day ? to_text(*record.last_day) : "";
    const std::string days =
        last.empty() ? " on " + to_text(record.first_day) : " from " + to_text(record.first_day) + " to " + last;
    const std::string amount = amount_of(record.kind, record.amount);
    const std::string of = amount.empty() ? "" : amount + " of ";
    const std::string result =
        record.result == EntryResult::none ? "" : ": " + std::string(domain::to_text(record.result));
    switch (record.kind) {
    case EntryKind::training: return of + "training" + code + days;
    case EntryKind::attendance: return of + "attendance" + days;
    case EntryKind::practice: return of + "practice" + code + days + result;
    case EntryKind::supervision: return of + "supervision" + code + days + result;
    case EntryKind::ce: return of + "continuing education" + code + days + result;
    case EntryKind::exam: return "exam" + code + days + result + (amount.empty() ? "" : ", score " + amount);
    case EntryKind::activity: return amount + (record.amount == 1 ? " time" : " times") + code + days;
    case EntryKind::sign_off: return "sign-off" + code + days;
    case EntryKind::attestation: return "statement" + code + days;
    case EntryKind::document: return "document" + code + days;
    case EntryKind::fact:
        return record.result == EntryResult::refused
                   ? "fact" + code + ": looked at on " + to_text(record.first_day) + ", and it is not so"
                   : "fact" + code + (last.empty() ? " since " + to_text(record.first_day) : days);
    case EntryKind::decision: return "decision" + code + days + result;
    }
    return {};
}

} // namespace peercert::cli

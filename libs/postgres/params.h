#pragma once

#include <bit>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "libs/base/clock.h"

namespace bangkit::postgres {

// Parameters travel in PostgreSQL's binary format: nothing to quote or escape, and a text or bytea
// parameter is its own bytes, so strings are passed as they stand.

template <std::integral T>
std::string BigEndian(T value) {
    if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

inline std::string Int64(std::int64_t value) { return BigEndian(value); }

/// Microseconds since 2000-01-01, as timestamptz is sent.
std::int64_t ToMicros(Time time);
Time FromMicros(std::int64_t micros);
/// Days since 2000-01-01, as date is sent.
std::int32_t ToDays(Date date);
Date FromDays(std::int32_t days);
/// The 16 bytes of a UUID in text form; std::invalid_argument if it is none.
std::string UuidBytes(std::string_view uuid);
std::string UuidText(std::string_view bytes);

/// One column of a batch: a one-dimensional array parameter for UNNEST.
template <std::uint32_t kElementOid>
class Array {
public:
    Array() : bytes_(BigEndian(1) + BigEndian(0) + BigEndian(kElementOid) + BigEndian(0)) {
        bytes_ += BigEndian(1);  // Lower bound.
    }

    void AddBytes(std::string_view value) {
        bytes_ += BigEndian(static_cast<std::int32_t>(value.size()));
        bytes_ += value;
        CountOneMore();
    }
    void AddNull() {
        bytes_.replace(kHasNullOffset, sizeof(std::int32_t), BigEndian(1));
        bytes_ += BigEndian(-1);
        CountOneMore();
    }

    operator std::string_view() const { return bytes_; }
    std::int32_t size() const { return count_; }

private:
    static constexpr std::size_t kHasNullOffset = 4;
    static constexpr std::size_t kCountOffset = 12;

    void CountOneMore() { bytes_.replace(kCountOffset, sizeof count_, BigEndian(++count_)); }

    std::string bytes_;
    std::int32_t count_ = 0;
};

class BytesArray : public Array<17> {
public:
    void Add(std::string_view value) { AddBytes(value); }
    /// Empty is NULL.
    void AddOrNull(std::string_view value) { value.empty() ? AddNull() : AddBytes(value); }
};

class TextArray : public Array<25> {
public:
    void Add(std::string_view value) { AddBytes(value); }
    /// Empty is NULL.
    void AddOrNull(std::string_view value) { value.empty() ? AddNull() : AddBytes(value); }
};

class Int64Array : public Array<20> {
public:
    void Add(std::int64_t value) { AddBytes(BigEndian(value)); }
    void Add(const std::optional<std::int64_t>& value) { value ? Add(*value) : AddNull(); }
};

class SmallintArray : public Array<21> {
public:
    void Add(std::int16_t value) { AddBytes(BigEndian(value)); }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    void Add(Enum value) {
        Add(static_cast<std::int16_t>(value));
    }
};

class UuidArray : public Array<2950> {
public:
    void Add(std::string_view uuid) { AddBytes(UuidBytes(uuid)); }
};

class DateArray : public Array<1082> {
public:
    void Add(Date date) { AddBytes(BigEndian(ToDays(date))); }
    void Add(const std::optional<Date>& date) { date ? Add(*date) : AddNull(); }
};

class TimeArray : public Array<1184> {
public:
    void Add(Time time) { AddBytes(BigEndian(ToMicros(time))); }
};

}  // namespace bangkit::postgres

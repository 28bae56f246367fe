#pragma once

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "bangkit/registration/v1/registration_events.pb.h"

namespace bangkit::contract {

/// The events of registration as another version of them describes them.
class Schema {
public:
    using File = google::protobuf::FileDescriptorProto;

    /// `change` makes the other version of the two files out of those of today.
    explicit Schema(const std::function<void(File& events, File& classification)>& change) {
        File timestamp, classification, events;
        google::protobuf::Timestamp::descriptor()->file()->CopyTo(&timestamp);
        common::v1::BusinessKind_descriptor()->file()->CopyTo(&classification);
        registration::v1::BusinessRegistered::descriptor()->file()->CopyTo(&events);
        change(events, classification);
        for (const File* file : {&timestamp, &classification, &events}) {
            if (pool_.BuildFile(*file) == nullptr) throw std::runtime_error("no such schema");
        }
    }

    /// `type`: without the package.
    std::unique_ptr<google::protobuf::Message> New(const std::string& type) {
        const auto* descriptor = pool_.FindMessageTypeByName("bangkit.registration.v1." + type);
        if (descriptor == nullptr) throw std::runtime_error("no such type: " + type);
        return std::unique_ptr<google::protobuf::Message>(factory_.GetPrototype(descriptor)->New());
    }
    /// The bytes of a message that says `json`.
    std::string Write(const std::string& type, const std::string& json) {
        const auto message = New(type);
        if (!google::protobuf::util::JsonStringToMessage(json, message.get()).ok()) {
            throw std::runtime_error("no such message");
        }
        return message->SerializeAsString();
    }
    /// What bytes say to this version, as JSON.
    std::string Read(const std::string& type, const std::string& bytes) {
        const auto message = New(type);
        std::string json;
        if (!message->ParseFromString(bytes) ||
            !google::protobuf::util::MessageToJsonString(*message, &json).ok()) {
            throw std::runtime_error("not readable");
        }
        return json;
    }

private:
    google::protobuf::DescriptorPool pool_;
    google::protobuf::DynamicMessageFactory factory_{&pool_};
};

inline google::protobuf::DescriptorProto& MessageOf(Schema::File& file, const std::string& name) {
    for (auto& message : *file.mutable_message_type()) {
        if (message.name() == name) return message;
    }
    throw std::runtime_error("no such message: " + name);
}

inline void AddText(google::protobuf::DescriptorProto& message, const std::string& name,
                    int number) {
    auto& field = *message.add_field();
    field.set_name(name);
    field.set_number(number);
    field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    field.set_type(google::protobuf::FieldDescriptorProto::TYPE_STRING);
}

inline void RemoveField(google::protobuf::DescriptorProto& message, const std::string& name) {
    for (int i = 0; i < message.field_size(); ++i) {
        if (message.field(i).name() != name) continue;
        message.mutable_field()->DeleteSubrange(i, 1);
        return;
    }
    throw std::runtime_error("no such field: " + name);
}

}  // namespace bangkit::contract

/*
 * Put in front of better-sqlite3's sources where the addon must load on N-API 9 (Node 20, Electron before 36).
 *
 * The addon needs one thing that came with N-API 10: references to values that are neither object, function nor symbol
 * (it keeps strings). Here such a value is kept inside a one-element array, and the reference to the array is remembered
 * as boxed, so that reading it takes the value out again. References belong to the thread of their environment, hence
 * thread_local; the set is never destroyed because finalizers may run while the thread's own variables are going away.
 */
#ifndef HAICAST_SQLITE_ADDON_NAPI9_H
#define HAICAST_SQLITE_ADDON_NAPI9_H

#include <js_native_api.h>
#include <unordered_set>

namespace haicast_napi9 {

inline std::unordered_set<napi_ref>& boxed() {
  static thread_local auto* refs = new std::unordered_set<napi_ref>();
  return *refs;
}

inline napi_status create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_symbol || type == napi_external) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value box;
  if ((status = napi_create_array_with_length(env, 1, &box)) != napi_ok) return status;
  if ((status = napi_set_element(env, box, 0, value)) != napi_ok) return status;
  status = napi_create_reference(env, box, count, result);
  if (status == napi_ok) boxed().insert(*result);
  return status;
}

inline napi_status get_reference_value(napi_env env, napi_ref ref, napi_value* result) {
  napi_status status = napi_get_reference_value(env, ref, result);
  if (status != napi_ok || *result == nullptr || boxed().count(ref) == 0) return status;
  return napi_get_element(env, *result, 0, result);
}

inline napi_status delete_reference(node_api_basic_env env, napi_ref ref) {
  boxed().erase(ref);
  return napi_delete_reference(env, ref);
}

}  // namespace haicast_napi9

#define napi_create_reference haicast_napi9::create_reference
#define napi_get_reference_value haicast_napi9::get_reference_value
#define napi_delete_reference haicast_napi9::delete_reference

#endif

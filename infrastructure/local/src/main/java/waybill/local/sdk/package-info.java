/**
 * What stands between a function's SDK and its network: the one place where a test or a person can make a call fail or a function
 * die. {@link waybill.local.sdk.CallWatch} is the cloud's own class, which functions see; the interceptor is loaded again with each
 * function, beside the SDK that it intercepts.
 */
package waybill.local.sdk;

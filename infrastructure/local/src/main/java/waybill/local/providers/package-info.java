/** Those outside who call the cloud: customers by the API, and providers by signed webhooks. */
package waybill.local.providers;

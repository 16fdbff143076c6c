/**
 * What a company sells, through which channels, and from where: products, channels and locations, as operators put
 * them; a kit is a product that is packed out of others. The other capabilities read them through {@link waybill.catalog.Catalog}.
 */
package waybill.catalog;

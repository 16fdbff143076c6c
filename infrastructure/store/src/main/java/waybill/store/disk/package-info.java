/** What a store holds, on disk: a journal of all changes, which loses nothing that was answered. */
package waybill.store.disk;
